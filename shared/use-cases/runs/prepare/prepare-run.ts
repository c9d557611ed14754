import { consentTimeField } from "../../../domain/profiles/consent-time";
import { consentOf } from "../../../domain/exports/field-mapping";
import type { PrepareMessage } from "../../../domain/runs/messages";
import { retryDelaySeconds, type Tuning } from "../../../domain/runs/tuning";
import { DomainError, problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import { isOverdue, type Run, type RunPlan } from "../../../domain/runs/run";
import { waitingOf } from "../../../domain/runs/lifecycle/waiting";
import { timeToPrepare } from "../../../domain/segments/preparation-time";
import { pinnedSegment, type SegmentRefresh } from "../../../domain/segments/refresh";
import { snapshotDestination, snapshotFingerprint } from "../../../domain/runs/snapshot";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Log,
  MemberPreparation,
  Preparation,
  RunQueues,
  RunStore,
  SegmentSource,
} from "../../../ports";
import { snapshotParts } from "../settle/accounting-request";
import { noteProblem, noteUsed } from "../../klaviyo/connection-findings";
import { endBeforeSending } from "./end-before-sending";
import { enqueueChunks } from "../push/enqueue-chunks";
import { wakeWorker } from "../push/wake-worker";
import type { EnterListDependencies } from "../../lists/enter-list";
import { planRemoval } from "./plan-removal";
import type { PlanRemovalDependencies, PreparedRun } from "./prepared-run";
import { isPlanned } from "../planned-run";
import { PREPARING_PATIENCE, type Hindrance } from "./preparation-hindrance";
import { checkList } from "./check-list";
import { callForRehearsal, isRehearsedFirst } from "../settle/rehearse-settlement";
import type { Destination, KlaviyoAccess } from "../../klaviyo/klaviyo-access";
import { filesOf, pinSegments, requireSameRefreshes } from "../../segments/segment-files";
import { secondsUntil } from "../holding";
import { stageChunks } from "./stage-chunks";
import { stopUnlessStaged } from "../stop-run";

export interface PrepareRunDependencies {
  readonly connections: ConnectionStore;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly segments: SegmentSource;
  readonly preparation: MemberPreparation;
  readonly listKeepers: EnterListDependencies["listKeepers"];
  readonly klaviyo: Pick<KlaviyoAccess, "destinationOf">;
  readonly files: PlanRemovalDependencies["files"];
  readonly queues: RunQueues;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Log;
  readonly tuning: Tuning;
  /** What a preparation reads in a second at best, as plain CSV: what can't be done in its time is not begun. */
  readonly megabytesPerSecond: number;
}

/**
 * Reads a run's segments, checks all that can be checked, stages the rows, and then the chunks, each of which is
 * sent on its way at once. Nothing is staged before the list, the limit and every file have been checked. May be
 * repeated and may run twice at a time: the first attempt to have staged its rows counts, and every attempt goes
 * on with its chunks where they are not staged yet.
 */
export async function prepareRun(
  dependencies: PrepareRunDependencies,
  { runId, attempt }: Pick<PrepareMessage, "runId" | "attempt">,
  deadline: Date,
): Promise<void> {
  const { runs, clock, log } = dependencies;
  const run = await runs.get(runId);
  if (run === undefined) {
    log.info("prepareDropped", { reason: "noRun" });
    return;
  }
  const state = stateOf(run);
  switch (state.kind) {
    case "queued":
    case "preparing":
      await runs.beginPreparing(runId, clock.now());
      break;
    case "staging":
      // A worker that died has left chunks that are not staged: they are prepared once more.
      break;
    case "importing":
    case "removalDue":
    case "removing":
    case "settling":
    case "accounted":
    case "subscribing":
    case "subscribed":
      await enqueueChunks(dependencies, state.run);
      await callForRehearsal(dependencies, state.run);
      return;
    case "ended":
    case "announced":
      log.info("prepareDropped", { reason: "ended" });
      return;
  }
  const outcome = await planRun(dependencies, run, deadline);
  switch (outcome.kind) {
    case "planned":
      try {
        await sendOnItsWay(dependencies, runId, outcome);
      } finally {
        await outcome.preparation.close();
      }
      return;
    case "putOff":
      await tryAgain(dependencies, run, attempt, outcome);
      return;
    case "ended":
      log.warn("runNotPrepared", { code: outcome.problem.code });
      await noteProblem(dependencies, run.settings.connectionId, outcome.problem, "run");
      await stopUnlessStaged(dependencies, run, outcome.problem);
      return;
  }
}

async function sendOnItsWay(
  dependencies: PrepareRunDependencies,
  runId: string,
  { preparation, checksum }: Extract<PlanOutcome, { kind: "planned" }>,
): Promise<void> {
  const planned = await dependencies.runs.get(runId);
  if (isPlanned(planned)) {
    // The rows that a rehearsal reads are staged.
    const isFirst = isRehearsedFirst(planned);
    if (isFirst) {
      await callForRehearsal(dependencies, planned);
    }
    await stageChunks(dependencies, planned, preparation, checksum);
    if (!isFirst) {
      await callForRehearsal(dependencies, planned);
    }
  }
}

/**
 * Sends the message anew, so that waiting does not count as failing, and writes down for whom the run waits; gives up
 * after so many attempts.
 */
async function tryAgain(
  dependencies: PrepareRunDependencies,
  run: Run,
  attempt: number,
  { waitsFor, problem: reason, until, advanced }: Extract<PlanOutcome, { kind: "putOff" }>,
): Promise<void> {
  const { runs, queues, clock, log, tuning } = dependencies;
  log.warn("preparePutOff", { attempt, code: reason.code });
  if (isOverdue(run, clock.now())) {
    await stopUnlessStaged(dependencies, run, problem("runStalled"));
    return;
  }
  if (attempt >= tuning.attempts && advanced !== true) {
    await stopUnlessStaged(dependencies, run, reason);
    return;
  }
  const attemptsFrom = advanced === true ? undefined : attempt;
  await runs.noteWaiting(
    run.runId,
    waitingOf(run, { waitsFor, problem: reason }, { now: clock.now(), attemptsFrom, tuning }),
  );
  const seconds =
    until === undefined ? retryDelaySeconds(attempt, tuning) : secondsUntil(clock, until);
  await queues.prepare(run.settings.connectionId, run.runId, {
    attempt: advanced === true ? attempt : attempt + 1,
    delaySeconds: seconds,
  });
}

/** The rows are staged; what was prepared is to be closed when the chunks are on their way. */
type PlanOutcome = { kind: "planned"; preparation: Preparation; checksum: string } | Hindrance;

async function planRun(
  dependencies: PrepareRunDependencies,
  run: Run,
  deadline: Date,
): Promise<PlanOutcome> {
  const manner = { party: run.runId, patience: PREPARING_PATIENCE };
  const [stored, destination] = await Promise.all([
    dependencies.exports.get(run.exportId),
    dependencies.klaviyo.destinationOf(run, manner),
  ]);
  if (stored?.detached !== undefined || run.stop !== undefined) {
    return { kind: "ended", problem: run.stop ?? problem("connectionDetached") };
  }
  if (destination.kind === "unusable") {
    return { kind: "ended", problem: destination.problem };
  }
  const unfit = await checkList(dependencies, run, destination, stored);
  if (unfit !== undefined) {
    return unfit;
  }
  try {
    const [pinned] = await Promise.all([
      pinSegments(dependencies.segments, run.settings.segments),
      noteUsed(dependencies, run.settings.connectionId),
    ]);
    if (pinned.kind === "unfinished") {
      return { kind: "putOff", waitsFor: "segment", problem: pinned.problem };
    }
    if (run.waiting !== undefined) {
      await dependencies.runs.endWaiting(run.runId);
    }
    return await prepareAndStage(dependencies, run, destination, pinned.refreshes, deadline);
  } catch (error) {
    if (error instanceof DomainError) {
      return { kind: "ended", problem: error.problem };
    }
    throw error;
  }
}

async function prepareAndStage(
  dependencies: PrepareRunDependencies,
  run: Run,
  destination: Destination,
  refreshes: readonly SegmentRefresh[],
  deadline: Date,
): Promise<PlanOutcome> {
  const { exports, ids } = dependencies;
  const { connection } = destination;
  const attemptId = ids.next();
  const files = filesOf(refreshes);
  const withinMilliseconds = timeToPrepare(files, deadline, dependencies);
  const stored = await exports.get(run.exportId);
  const fingerprint = snapshotFingerprint(connection.account.id, run.settings);
  const place = snapshotDestination(connection.account.id, run.settings);
  const snapshot = stored?.snapshot?.destination === place ? stored.snapshot : undefined;
  const { subscription, mapping } = run.settings;
  const consentTime =
    subscription === undefined ? undefined : consentTimeField(subscription, mapping);
  const consent = subscription === undefined ? undefined : consentOf(mapping);
  const preparation = await dependencies.preparation.prepare({
    consentTime,
    consent,
    runId: run.runId,
    attemptId,
    files,
    withinMilliseconds,
    mapping: run.settings.mapping,
    listId: run.settings.listId,
    ...(snapshot === undefined ? {} : snapshotParts(dependencies.runs, snapshot)),
    ignoreHashes: run.mode === "full" || snapshot?.fingerprint !== fingerprint,
  });
  try {
    const prepared = { run, attemptId, destination, snapshot, deadline };
    const outcome = await stageAndPlan(dependencies, prepared, preparation, {
      refreshes,
      fingerprint,
      place,
    });
    if (outcome.kind !== "planned") await preparation.close();
    return outcome;
  } catch (error) {
    await preparation.close();
    throw error;
  }
}

/** Stages what is to be sent and removed, and keeps the plan: from then on the run goes by what is staged. */
async function stageAndPlan(
  dependencies: PrepareRunDependencies,
  prepared: PreparedRun,
  preparation: Preparation,
  source: { refreshes: readonly SegmentRefresh[]; fingerprint: string; place: string },
): Promise<PlanOutcome> {
  const { runs, clock, log } = dependencies;
  const { run, attemptId } = prepared;
  const { refreshes, fingerprint, place } = source;
  await requireSameRefreshes(dependencies.segments, refreshes);
  const removal = await planRemoval(dependencies, prepared, preparation);
  if (removal.kind !== "removal") {
    return removal;
  }
  const end = endBeforeSending(
    run,
    preparation.numbers,
    removal,
    prepared.destination.connection.profileLimit,
  );
  const send = end === undefined;
  if (send && preparation.numbers.members > preparation.numbers.unchanged) {
    await wakeWorker(dependencies, run);
  }
  const { chunkSizes, checksum } = await preparation.stageRows({ send });
  const removalSizes = await preparation.stageLeavers({
    remove: send && run.settings.syncMode === "mirror",
    firstChunk: chunkSizes.length + 1,
  });
  const plan: RunPlan = {
    attemptId,
    fingerprint,
    destination: place,
    stagedAt: clock.now().toISOString(),
    chunkSizes: [...chunkSizes],
    checksum,
    removalSizes: [...removalSizes],
    leaving: removal.leaving,
    segments: refreshes.map(pinnedSegment),
    warnings: [...preparation.warnings, ...removal.warnings],
    ...(preparation.readings === undefined ? {} : { readings: [...preparation.readings] }),
    end,
    ...(removal.incomplete ? { incomplete: true } : {}),
  };
  const numbers = { ...preparation.numbers, imported: 0, refused: 0, unsent: 0 };
  const kept = await runs.plan(run.runId, plan, numbers, clock.now());
  log.info("runPrepared", {
    ...preparation.numbers,
    leaving: removal.leaving,
    chunks: chunkSizes.length,
    removalChunks: removalSizes.length,
    kept,
  });
  return { kind: "planned", preparation, checksum };
}
