import { DomainError, problem, type Problem } from "../domain/problem";
import { isTerminal, statusOfProblem, type Run, type RunPlan } from "../domain/run";
import type { SegmentFile } from "../domain/segment";
import { snapshotFingerprint } from "../domain/snapshot";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  Log,
  MemberPreparation,
  Preparation,
  RateLimiter,
  RunQueues,
  RunStore,
  SecretStore,
  SegmentSource,
} from "../ports";
import { isKeyReplaced, noteProblem, noteUsed } from "./connection-findings";
import { enqueueChunks } from "./enqueue-chunks";
import { endRunEarly } from "./end-run";
import { findDestination, problemOfFailure, type Destination } from "./run-destination";

export interface PrepareRunDependencies {
  readonly connections: ConnectionStore;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly secrets: Pick<SecretStore, "read">;
  readonly segments: SegmentSource;
  readonly preparation: MemberPreparation;
  readonly klaviyo: Pick<Klaviyo, "getList">;
  readonly limiter: RateLimiter;
  readonly queues: RunQueues;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/** How long preparing waits for its one call to Klaviyo. */
const LIST_CHECK_PATIENCE_MILLISECONDS = 60_000;

/**
 * Reads a run's segments, checks all that can be checked, stages the chunks and sends them on their way.
 * Nothing is staged before the list, the limit and every file have been checked. May be repeated and may
 * run twice at a time: the first attempt to finish counts, and every attempt sends its chunks on.
 */
export async function prepareRun(
  dependencies: PrepareRunDependencies,
  runId: string,
): Promise<void> {
  const { runs, clock, log } = dependencies;
  const run = await runs.get(runId);
  if (run === undefined || isTerminal(run.status)) {
    log.info("prepareDropped", { reason: run === undefined ? "noRun" : "ended" });
    return;
  }
  if (run.plan === undefined) {
    await runs.beginPreparing(runId, clock.now());
    const outcome = await planRun(dependencies, run);
    if (outcome.kind === "ended") {
      log.warn("runNotPrepared", { code: outcome.problem.code });
      await noteProblem(dependencies, run.settings.connectionId, outcome.problem, "run");
      await endRunEarly(dependencies, run, outcome.problem);
      return;
    }
  }
  const planned = await runs.get(runId);
  if (planned?.plan !== undefined && !isTerminal(planned.status)) {
    await enqueueChunks(dependencies, planned);
  }
}

type PlanOutcome = { kind: "planned" } | { kind: "ended"; problem: Problem };

async function planRun(dependencies: PrepareRunDependencies, run: Run): Promise<PlanOutcome> {
  const detached = (await dependencies.exports.get(run.exportId))?.detached !== undefined;
  if (detached || run.stop !== undefined) {
    return { kind: "ended", problem: run.stop ?? problem("connectionDetached") };
  }
  const destination = await findDestination(dependencies, run);
  if (destination.kind === "unusable") {
    return { kind: "ended", problem: destination.problem };
  }
  const unfit = await checkList(dependencies, run, destination);
  if (unfit !== undefined) {
    return { kind: "ended", problem: unfit };
  }
  await noteUsed(dependencies, run.settings.connectionId);
  try {
    const files = await findFiles(dependencies.segments, run.settings.segments);
    await prepareAndStage(dependencies, run, destination, files);
    return { kind: "planned" };
  } catch (error) {
    if (error instanceof DomainError) {
      return { kind: "ended", problem: error.problem };
    }
    throw error;
  }
}

/** The problem that keeps the list from being sent to; throws when Klaviyo should be asked again later. */
async function checkList(
  dependencies: PrepareRunDependencies,
  run: Run,
  destination: Destination,
): Promise<Problem | undefined> {
  const { klaviyo, limiter, clock } = dependencies;
  const { connection, apiKey } = destination;
  const reservation = await limiter.reserve(
    connection.account.id,
    "getList",
    LIST_CHECK_PATIENCE_MILLISECONDS,
  );
  await clock.sleep(reservation.at.getTime() - clock.now().getTime());
  const result = await klaviyo.getList(apiKey, run.settings.listId);
  if (result.ok) {
    return undefined;
  }
  switch (result.failure.kind) {
    case "notFound":
      return problem("listNotFound", { listId: run.settings.listId });
    case "throttled":
      await limiter.holdBack(
        connection.account.id,
        "getList",
        new Date(clock.now().getTime() + result.failure.retryAfterMilliseconds),
      );
      throw new Error("Klaviyo is busy: the list could not be checked");
    case "unavailable":
      throw new Error("Klaviyo is unavailable: the list could not be checked");
    case "keyRefused":
    case "scopesMissing":
      if (await isKeyReplaced(dependencies, destination)) {
        throw new Error("the key was replaced meanwhile: the list is checked with the new one");
      }
      return problemOfFailure(result.failure);
    case "invalid":
      return problemOfFailure(result.failure);
  }
}

async function findFiles(
  segments: SegmentSource,
  names: readonly string[],
): Promise<readonly SegmentFile[]> {
  const files: SegmentFile[] = [];
  for (const segment of names) {
    const found = await segments.files(segment);
    if (found.length === 0) {
      throw new DomainError("segmentMissing", { segment });
    }
    files.push(...found);
  }
  return files;
}

async function prepareAndStage(
  dependencies: PrepareRunDependencies,
  run: Run,
  { connection }: Destination,
  files: readonly SegmentFile[],
): Promise<void> {
  const { exports, runs, preparation, clock, ids, log } = dependencies;
  const attemptId = ids.next();
  const stored = await exports.get(run.exportId);
  const fingerprint = snapshotFingerprint(connection.account.id, run.settings);
  const snapshot = stored?.snapshot?.fingerprint === fingerprint ? stored.snapshot : undefined;
  const prepared = await preparation.prepare({
    runId: run.runId,
    attemptId,
    files,
    mapping: run.settings.mapping,
    listId: run.settings.listId,
    ...(snapshot === undefined || run.mode === "full" ? {} : { snapshotKey: snapshot.key }),
  });
  try {
    const end = endBeforeSending(run, prepared.numbers, connection.profileLimit);
    const chunks = await prepared.stage({ send: end === undefined });
    const plan: RunPlan = {
      attemptId,
      fingerprint,
      chunkSizes: chunks.map(({ profiles }) => profiles),
      warnings: [...prepared.warnings],
      ...(end === undefined ? {} : { end }),
      ...(snapshot === undefined ? {} : { snapshotKey: snapshot.key }),
    };
    const numbers = { ...prepared.numbers, imported: 0, refused: 0, unsent: 0 };
    const kept = await runs.plan(run.runId, plan, numbers, clock.now());
    log.info("runPrepared", { ...prepared.numbers, chunks: chunks.length, kept });
  } finally {
    await prepared.close();
  }
}

/** The end of a run whose rows say that nothing is to be sent. */
function endBeforeSending(
  run: Run,
  { rows, members }: Preparation["numbers"],
  profileLimit: number,
): RunPlan["end"] {
  const found = (): Problem | undefined => {
    if (rows === 0) {
      return problem("segmentEmpty");
    }
    if (members === 0) {
      return problem("noValidEmail", { rows, field: run.settings.mapping.email });
    }
    if (members > profileLimit) {
      return problem("overProfileLimit", { members, limit: profileLimit });
    }
    return undefined;
  };
  const reason = found();
  return reason === undefined
    ? undefined
    : { status: statusOfProblem(reason.code), problem: reason };
}
