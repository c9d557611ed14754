import type { Export } from "../domain/export";
import type { PreviewMessage } from "../domain/messages";
import type { Preview, PreviewEnding, PreviewResult } from "../domain/preview";
import { DomainError, problem, type Problem } from "../domain/problem";
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
import { askRemovalGuard } from "./ask-removal-guard";
import { endBeforeSending } from "./end-before-sending";
import { pacedCall, type PacedResult } from "./paced-call";
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
  readonly klaviyo: Pick<Klaviyo, "getList" | "getListSize" | "listProfiles">;
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
  const list = await ask(dependencies, destination, "getList", () =>
    klaviyo.getList(apiKey, found.listId),
  );
  await asked(dependencies, found, destination, list);
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
    const lost = prepared.snapshot === "unreadable" || snapshot?.incomplete === true;
    return await resultOf(dependencies, found, destination, prepared, lost);
  } finally {
    await prepared.close();
  }
}

async function resultOf(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
  prepared: Preparation,
  lost: boolean,
): Promise<PreviewResult> {
  const { numbers } = prepared;
  const sample = await prepared.sample();
  const { leaving, warnings } = await findLeaving(dependencies, found, destination, prepared, lost);
  const held = await guardOf(dependencies, found, destination, prepared, leaving);
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
    warnings: [...prepared.warnings, ...warnings],
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
 * Who would be taken off the list. Where the snapshot is lost a run reads the whole list, which takes too long
 * for somebody who waits; then it is as many at least as the list has more profiles than there are members.
 */
async function findLeaving(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
  { numbers: { members }, leaving }: Preparation,
  lost: boolean,
): Promise<{ leaving: number; warnings: readonly Problem[] }> {
  const { klaviyo } = dependencies;
  const { apiKey, connection } = destination;
  if (found.syncMode === "upsert") {
    return { leaving: 0, warnings: [] };
  }
  if (!lost || members > connection.profileLimit) {
    return { leaving, warnings: [] };
  }
  const size = await ask(dependencies, destination, "getListSize", () =>
    klaviyo.getListSize(apiKey, found.listId),
  );
  const listed = await asked(dependencies, found, destination, size);
  const atLeast = Math.max(leaving, listed - members);
  return { leaving: atLeast, warnings: [problem("leavingUnknown", { atLeast, listed })] };
}

async function guardOf(
  dependencies: PreparePreviewDependencies,
  found: Export,
  destination: Destination,
  preparation: Preparation,
  leaving: number,
): Promise<Problem | undefined> {
  const { klaviyo } = dependencies;
  const { apiKey } = destination;
  const { listId } = found;
  return leaving === 0
    ? undefined
    : asked(
        dependencies,
        found,
        destination,
        await askRemovalGuard({
          ...{ klaviyo, apiKey, listId, preparation, leaving },
          paced: (family, call) => ask(dependencies, destination, family, call),
        }),
      );
}

/** Asks Klaviyo within the account's limits. */
function ask<Value>(
  { limiter, clock }: PreparePreviewDependencies,
  { connection }: Destination,
  family: EndpointFamily,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<PacedResult<Value>> {
  const until = new Date(clock.now().getTime() + PATIENCE_MILLISECONDS);
  return pacedCall({ limiter, clock }, { accountId: connection.account.id, family }, until, call);
}

/** What Klaviyo answered; throws what kept it from answering. */
async function asked<Value>(
  dependencies: PreparePreviewDependencies,
  settings: Export,
  destination: Destination,
  result: PacedResult<Value>,
): Promise<Value> {
  if (result.ok) {
    return result.value;
  }
  const { failure } = result;
  const { problem: reason } = await hindranceOf(dependencies, { settings }, destination, failure);
  throw new DomainError(reason.code, reason.params);
}
