import type { Export, SnapshotReference } from "../domain/export";
import type { PreviewMessage } from "../domain/messages";
import type { Preview, PreviewEnding, PreviewResult } from "../domain/preview";
import { DomainError, problem, type Problem } from "../domain/problem";
import { removalGuard } from "../domain/removal-guard";
import { estimateRun } from "../domain/run-estimate";
import { snapshotDestination, snapshotFingerprint } from "../domain/snapshot";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  KlaviyoResult,
  Log,
  MemberPreparation,
  Preparation,
  PreviewStore,
  RateLimiter,
  SecretStore,
  SegmentSource,
} from "../ports";
import type { EndpointFamily } from "../domain/rate-limit";
import { endBeforeSending } from "./end-before-sending";
import { pacedCall } from "./paced-call";
import { hindranceOf, PATIENCE_MILLISECONDS } from "./preparation-hindrance";
import { findDestination, type Destination } from "./run-destination";
import { findFiles, requireSameFiles } from "./segment-files";
import { findSharing } from "./shared-list";

export interface PreparePreviewDependencies {
  readonly connections: ConnectionStore;
  readonly exports: Pick<ExportStore, "get" | "listByConnection">;
  readonly previews: Pick<PreviewStore, "get" | "end">;
  readonly secrets: Pick<SecretStore, "read">;
  readonly segments: SegmentSource;
  readonly preparation: MemberPreparation;
  readonly klaviyo: Pick<Klaviyo, "getList" | "getListSize">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/**
 * Does all that a run does up to sending, and keeps what it finds. It only asks Klaviyo (GET); it stages
 * nothing, and leaves the export and its runs alone. Whatever keeps a run from its work ends the preview as
 * failed, with the same code; so does a Klaviyo that can't be asked now, for somebody waits.
 */
export async function preparePreview(
  dependencies: PreparePreviewDependencies,
  { exportId, previewId }: PreviewMessage,
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
      : await lookAhead(dependencies, preview, found);
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
): Promise<PreviewEnding> {
  const destination = await findDestination(dependencies, { settings: found });
  if (destination.kind === "unusable") {
    return failed(destination.problem);
  }
  try {
    await checkDestination(dependencies, found, destination);
    let result: PreviewResult | undefined;
    for (let tries = 0; result === undefined && tries < MOST_TRIES; tries += 1) {
      const { snapshot: _old, ...settings } = found;
      const snapshot = (await dependencies.exports.get(found.exportId))?.snapshot;
      const current = { ...settings, ...(snapshot === undefined ? {} : { snapshot }) };
      result = await prepareResult(dependencies, preview, current, destination);
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
  const { klaviyo } = dependencies;
  const { apiKey, connection } = destination;
  const sharing = await findSharing(dependencies, connection, found);
  if (sharing !== undefined) {
    throw new DomainError(sharing.code, sharing.params);
  }
  await ask(dependencies, found, destination, "getList", () =>
    klaviyo.getList(apiKey, found.listId),
  );
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
): Promise<PreviewResult | undefined> {
  const { preparation, segments, ids } = dependencies;
  const { connection } = destination;
  const place = snapshotDestination(connection.account.id, found);
  const fingerprint = snapshotFingerprint(connection.account.id, found);
  const snapshot = found.snapshot?.destination === place ? found.snapshot : undefined;
  const files = await findFiles(segments, found.segments);
  const prepared = await preparation.prepare({
    runId: preview.previewId,
    attemptId: ids.next(),
    files,
    mapping: found.mapping,
    listId: found.listId,
    ...(snapshot === undefined ? {} : { snapshotKey: snapshot.key }),
    ignoreHashes: preview.mode === "full" || snapshot?.fingerprint !== fingerprint,
  });
  try {
    if (prepared.snapshot === "unreadable" && (await isSuperseded(dependencies, found))) {
      return undefined;
    }
    await requireSameFiles(segments, found.segments, files);
    return await resultOf(dependencies, found, destination, prepared, snapshot);
  } finally {
    await prepared.close();
  }
}

async function resultOf(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
  prepared: Preparation,
  snapshot: SnapshotReference | undefined,
): Promise<PreviewResult> {
  const { numbers } = prepared;
  const sample = await prepared.sample();
  const leaving = found.syncMode === "mirror" ? prepared.leaving : 0;
  const held = await guardOf(dependencies, found, destination, numbers.members, leaving);
  const stop = endBeforeSending(
    { settings: found },
    numbers,
    { leaving, ...(held === undefined ? {} : { held }) },
    destination.connection.profileLimit,
  )?.problem;
  const asked = found.snapshot?.subscribed?.accountId === destination.connection.account.id;
  const subscribers = asked ? sample.fresh : numbers.members - sample.tooLarge;
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
    rejections: sample.rejections,
    warnings: [...prepared.warnings, ...warnOfOthers(found, snapshot, prepared)],
    ...(stop === undefined ? {} : { stop }),
    estimate: estimateRun({
      profiles: sample.fresh + changed,
      bytes: sample.bytes,
      leaving,
      subscribers: found.subscription === undefined ? 0 : subscribers,
    }),
  };
}

/**
 * Of a mirror that does not know any more whom it put on the list. A run reads all of the list then, which
 * takes too long for whoever waits for a preview, so those who leave are not counted.
 */
function warnOfOthers(
  { syncMode }: Export,
  snapshot: SnapshotReference | undefined,
  prepared: Preparation,
): readonly Problem[] {
  const lost = prepared.snapshot === "unreadable" || snapshot?.incomplete === true;
  return syncMode === "mirror" && lost ? [problem("othersRemoved")] : [];
}

async function guardOf(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
  members: number,
  leaving: number,
): Promise<Problem | undefined> {
  if (leaving === 0) {
    return undefined;
  }
  const listed = await ask(dependencies, found, destination, "getListSize", () =>
    dependencies.klaviyo.getListSize(destination.apiKey, found.listId),
  );
  return removalGuard({ members, leaving, listed });
}

/** Asks Klaviyo within the account's limits; throws what keeps it from answering. */
async function ask<Value>(
  dependencies: PreparePreviewDependencies,
  settings: Export,
  destination: Destination,
  family: EndpointFamily,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<Value> {
  const until = new Date(dependencies.clock.now().getTime() + PATIENCE_MILLISECONDS);
  const endpoint = { accountId: destination.connection.account.id, family };
  const result = await pacedCall(dependencies, endpoint, until, call);
  if (result.ok) {
    return result.value;
  }
  const { problem: reason } = await hindranceOf(
    dependencies,
    { settings },
    destination,
    result.failure,
  );
  throw new DomainError(reason.code, reason.params);
}
