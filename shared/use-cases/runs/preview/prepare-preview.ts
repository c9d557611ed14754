import type { Export } from "../../../domain/exports/export";
import type { PreviewMessage } from "../../../domain/runs/messages";
import type { Preview, PreviewEnding, PreviewResult } from "../../../domain/exports/preview";
import { DomainError, problem, type Problem } from "../../../domain/problems/problem";
import { estimateRun } from "../../../domain/runs/run-estimate";
import { snapshotDestination, snapshotFingerprint } from "../../../domain/runs/snapshot";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Log,
  MemberPreparation,
  PreviewStore,
  RunStore,
  SegmentSource,
} from "../../../ports";
import { snapshotParts } from "../settle/accounting-request";
import { endBeforeSending } from "../prepare/end-before-sending";
import { PREPARING_PATIENCE } from "../prepare/preparation-hindrance";
import { previewChanges } from "./preview-changes";
import { answered, previewRemoval, type Previewed } from "./preview-removal";
import type { Destination, KlaviyoAccess } from "../../klaviyo/klaviyo-access";
import { timeToPrepare } from "../../../domain/segments/preparation-time";
import { pinnedSegment } from "../../../domain/segments/refresh";
import { filesOf, pinWhole, requireSameRefreshes } from "../../segments/segment-files";
import { keepListName } from "../../lists/keep-list-name";
import { findSharing } from "../../lists/shared-list";

export interface PreparePreviewDependencies {
  readonly connections: ConnectionStore;
  readonly exports: Pick<ExportStore, "get" | "listByConnection" | "noteListName">;
  readonly runs: Pick<RunStore, "get" | "listChunks">;
  readonly previews: Pick<PreviewStore, "get" | "end">;
  readonly segments: SegmentSource;
  readonly preparation: MemberPreparation;
  readonly klaviyo: Pick<KlaviyoAccess, "destinationOf">;
  readonly clock: Pick<Clock, "now">;
  readonly ids: IdGenerator;
  readonly log: Log;
  /** As a run has it. */
  readonly megabytesPerSecond: number;
}

/**
 * Does all that a run does up to sending, and keeps what it finds. It only asks Klaviyo (GET); it stages
 * nothing, and leaves the export and its runs alone. Whatever keeps a run from its work ends the preview as
 * failed, with the same code; so does a Klaviyo that can't be asked now, for somebody waits.
 */
export async function preparePreview(
  dependencies: PreparePreviewDependencies,
  { exportId, previewId }: PreviewMessage,
  deadline: Date,
): Promise<void> {
  const { exports, previews, clock, log } = dependencies;
  const preview = await previews.get(exportId, previewId);
  if (preview?.status !== "running") {
    log.info("previewDropped", { reason: preview === undefined ? "noPreview" : "ended" });
    return;
  }
  const found = await exports.get(exportId);
  const ending =
    found === undefined || found.detached !== undefined
      ? failed(problem("noConnectionAttached"))
      : await lookAhead(dependencies, preview, found, deadline);
  await previews.end(exportId, previewId, ending, clock.now());
  log.info("previewEnded", { status: ending.status });
}

/** Times that a preview begins anew because runs of the export end; each takes longer than that. */
const MOST_TRIES = 3;

const failed = (reason: Problem): PreviewEnding => ({ status: "failed", problem: reason });

async function lookAhead(
  dependencies: PreparePreviewDependencies,
  preview: Preview,
  found: Export,
  deadline: Date,
): Promise<PreviewEnding> {
  // Without a party: somebody waits for it.
  const destination = await dependencies.klaviyo.destinationOf(
    { settings: found },
    { patience: PREPARING_PATIENCE },
  );
  if (destination.kind === "unusable") {
    return failed(destination.problem);
  }
  try {
    await checkDestination(dependencies, found, destination);
    let result: PreviewResult | undefined;
    for (let tries = 0; result === undefined && tries < MOST_TRIES; tries += 1) {
      const { snapshot: _old, ...settings } = found;
      const snapshot = (await dependencies.exports.get(found.exportId))?.snapshot;
      const current = { ...settings, snapshot };
      result = await prepareResult(dependencies, preview, current, destination, deadline);
    }
    return result === undefined ? failed(problem("internalError")) : { status: "ready", result };
  } catch (error) {
    if (error instanceof DomainError) {
      return failed(error.problem);
    }
    throw error;
  }
}

/** Throws what keeps the list from being sent to. */
async function checkDestination(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
): Promise<void> {
  const { connection, klaviyo } = destination;
  const sharing = await findSharing(dependencies, connection, found);
  if (sharing !== undefined) {
    throw DomainError.of(sharing);
  }
  await keepListName(dependencies, found, answered(found, await klaviyo.getList(found.listId)));
}

/** A run that ended meanwhile has left a newer snapshot, and deleted the one that was to be compared with. */
async function isSuperseded(
  { exports }: Pick<PreparePreviewDependencies, "exports">,
  { exportId, snapshot }: Export,
): Promise<boolean> {
  return (await exports.get(exportId))?.snapshot?.key !== snapshot?.key;
}

/** Undefined when the snapshot was superseded while it was read. */
async function prepareResult(
  dependencies: PreparePreviewDependencies,
  preview: Preview,
  found: Export,
  destination: Destination,
  deadline: Date,
): Promise<PreviewResult | undefined> {
  const { preparation, segments, ids } = dependencies;
  const { connection } = destination;
  const place = snapshotDestination(connection.account.id, found);
  const fingerprint = snapshotFingerprint(connection.account.id, found);
  const snapshot = found.snapshot?.destination === place ? found.snapshot : undefined;
  const refreshes = await pinWhole(segments, found.segments);
  const files = filesOf(refreshes);
  const withinMilliseconds = timeToPrepare(files, deadline, dependencies);
  const prepared = await preparation.prepare({
    runId: preview.previewId,
    attemptId: ids.next(),
    files,
    withinMilliseconds,
    mapping: found.mapping,
    listId: found.listId,
    ...(snapshot === undefined ? {} : snapshotParts(dependencies.runs, snapshot)),
    ignoreHashes: preview.mode === "full" || snapshot?.fingerprint !== fingerprint,
  });
  try {
    if (prepared.snapshot === "unreadable" && (await isSuperseded(dependencies, found))) {
      return undefined;
    }
    await requireSameRefreshes(segments, refreshes);
    const result = await resultOf({
      ...{ preview, found, snapshot, destination, preparation: prepared, deadline },
    });
    return { ...result, segments: refreshes.map(pinnedSegment) };
  } finally {
    await prepared.close();
  }
}

async function resultOf(previewed: Previewed): Promise<PreviewResult> {
  const { found, destination, preparation } = previewed;
  const { numbers } = preparation;
  const sample = await preparation.sample();
  const { leaving, leavers, warnings, held } = await previewRemoval(previewed);
  const stop = endBeforeSending(
    { settings: found },
    numbers,
    { leaving, held },
    destination.connection.profileLimit,
  )?.problem;
  const asked = found.snapshot?.subscribed?.accountId === destination.connection.account.id;
  const subscribers = asked ? sample.fresh : numbers.members - sample.tooLarge;
  const changes = await previewChanges(destination.klaviyo, sample.changed);
  const changed = numbers.members - numbers.unchanged - sample.fresh - sample.tooLarge;
  return {
    numbers: {
      ...numbers,
      new: sample.fresh,
      changed,
      tooLarge: sample.tooLarge,
      leaving,
    },
    profiles: sample.profiles,
    changes,
    rejections: sample.rejections,
    leavers: [...leavers],
    warnings: [...preparation.warnings, ...warnings],
    ...(preparation.readings === undefined ? {} : { readings: [...preparation.readings] }),
    stop,
    estimate: estimateRun({
      profiles: sample.fresh + changed,
      bytes: sample.bytes,
      leaving,
      subscribers: found.subscription === undefined ? 0 : subscribers,
    }),
  };
}
