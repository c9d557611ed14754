import type { Caller } from "../../../domain/access/identity";
import { DomainError, problem } from "../../../domain/problems/problem";
import { settingsOf, type ExportSettings } from "../../../domain/exports/export";
import { noNumbers, noRemovals, isTerminal, type Run } from "../../../domain/runs/run";
import type { RunOptions } from "../../../domain/runs/run-options";
import type { Clock, ExportStore, IdGenerator, RunQueues, RunStore } from "../../../ports";

export interface StartRunDependencies {
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: Pick<RunQueues, "prepare">;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}

export interface StartRunInput {
  readonly exportId: string;
  readonly trigger: Run["trigger"];
  /** Only a person can say other than the usual ones, of one run. */
  readonly options: RunOptions;
  readonly caller: Pick<Caller, "userId">;
  /** Given when the start may be told more than once: the run is made once. @default a new id */
  readonly runId?: string | undefined;
  /** The instant of the schedule. */
  readonly scheduledFor?: string | undefined;
}

/** No run goes on for longer than a day and the hour that its end may take, whatever is stored of it. */
const LONGEST_CLAIM_MILLISECONDS = 25 * 3_600_000;

/** A claim without a run is a start that broke off between the two; before this it may still be going on. */
const ABANDONED_CLAIM_MILLISECONDS = 60_000;

/**
 * Starts one run of an export and returns it, `queued`. Throws `exportNotFound`; throws `exportRunning`
 * for an on-demand start while a run is going, where a scheduled start is written down as `skipped`. A start
 * under an id that there is a run of goes on where that one broke off.
 */
export async function startRun(
  dependencies: StartRunDependencies,
  input: StartRunInput,
): Promise<Run> {
  const { exports, runs, queues, clock, ids } = dependencies;
  const runId = input.runId ?? ids.next();
  const begun = input.runId === undefined ? undefined : await runs.get(runId);
  if (begun !== undefined) {
    return continueStart(dependencies, begun);
  }
  const claim = await claimExport(dependencies, input.exportId, runId);

  if (claim.kind === "running") {
    if (input.trigger === "onDemand") {
      throw new DomainError("exportRunning", { runId: claim.runId });
    }
    const found = await exports.get(input.exportId);
    if (found === undefined) {
      throw new DomainError("exportNotFound", { exportId: input.exportId });
    }
    const skipped: Run = {
      ...newRun(runId, input, found, clock.now()),
      status: "skipped",
      endedAt: clock.now().toISOString(),
      problem: problem("previousRunGoing", { runId: claim.runId }),
    };
    await runs.create(skipped);
    return skipped;
  }

  if (claim.claimed.detached !== undefined) {
    const skipped: Run = {
      ...newRun(runId, input, claim.claimed, clock.now()),
      status: "skipped",
      endedAt: clock.now().toISOString(),
      problem: problem("noConnectionAttached"),
    };
    await runs.create(skipped);
    await exports.releaseRun(input.exportId, runId);
    return skipped;
  }
  const run = newRun(runId, input, claim.claimed, clock.now());
  if (!(await runs.create(run))) {
    // Another worker was told of the same start at the same time.
    return continueStart(dependencies, (await runs.get(runId)) ?? run);
  }
  await queues.prepare(run.settings.connectionId, runId);
  return run;
}

/** The run is there; what may be missing is the message to prepare it, or the end of its claim. */
async function continueStart({ exports, queues }: StartRunDependencies, run: Run): Promise<Run> {
  if (isTerminal(run.status)) {
    await exports.releaseRun(run.exportId, run.runId);
  } else if (run.status === "queued") {
    await queues.prepare(run.settings.connectionId, run.runId);
  }
  return run;
}

async function claimExport(
  { exports, runs, clock }: StartRunDependencies,
  exportId: string,
  runId: string,
) {
  for (let attempt = 0; ; attempt += 1) {
    const claim = await exports.claimRun(exportId, runId, clock.now());
    if (claim.kind === "gone") {
      throw new DomainError("exportNotFound", { exportId });
    }
    if (claim.kind === "claimed" || attempt > 0) {
      return claim;
    }
    const claimedFor = clock.now().getTime() - Date.parse(claim.claimedAt);
    const abandoned =
      claimedFor > LONGEST_CLAIM_MILLISECONDS || (await isOver(runs, claim.runId, claimedFor));
    if (!abandoned) {
      return claim;
    }
    await exports.releaseRun(exportId, claim.runId);
  }
}

/** Whether the run that has an export has ended, or was never made. Throws `itemUnreadable`. */
async function isOver(
  runs: Pick<RunStore, "get">,
  runId: string,
  claimedMilliseconds: number,
): Promise<boolean> {
  const running = await runs.get(runId);
  return running === undefined
    ? claimedMilliseconds > ABANDONED_CLAIM_MILLISECONDS
    : isTerminal(running.status);
}

function newRun(
  runId: string,
  { exportId, trigger, options, caller, scheduledFor }: StartRunInput,
  found: ExportSettings,
  now: Date,
): Run {
  return {
    runId,
    exportId,
    trigger,
    ...options,
    requestedBy: caller.userId,
    scheduledFor,
    requestedAt: now.toISOString(),
    movedAt: now.toISOString(),
    status: "queued",
    settings: settingsOf(found),
    numbers: noNumbers,
    removals: noRemovals,
    stagedChunks: 0,
    settledChunks: 0,
    settledRemovals: 0,
    confirmRound: 0,
    warnings: [],
  };
}
