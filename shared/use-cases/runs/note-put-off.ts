import { isWaitingNoted, waitingOf } from "../../domain/runs/lifecycle/waiting";
import type { Run } from "../../domain/runs/run";
import type { Tuning } from "../../domain/runs/tuning";
import type { Clock, RunStore } from "../../ports";
import type { NotDone } from "../klaviyo/call-result";

export interface NotePutOffDependencies {
  readonly runs: Pick<RunStore, "notePutOff">;
  readonly clock: Pick<Clock, "now">;
  readonly tuning: Tuning;
}

/**
 * Writes down that a planned run waits for Klaviyo, if it does and that was not written down a moment ago. Waiting for
 * a turn under the account's rate limit is the usual course of things, and no such wait.
 *
 * @param attempt the attempt that has failed, where attempts are counted
 */
export async function notePutOff(
  { runs, clock, tuning }: NotePutOffDependencies,
  run: Run,
  result: Exclude<NotDone, { kind: "hopeless" | "refused" }>,
  attempt?: number,
): Promise<void> {
  const now = clock.now();
  if ((result.kind === "later" && result.by === "limiter") || isWaitingNoted(run, now)) {
    return;
  }
  const attemptsFrom = result.kind === "faulty" ? attempt : undefined;
  const { problem } = result;
  await runs.notePutOff(
    run.runId,
    waitingOf(run, { waitsFor: "klaviyo", problem }, { now, attemptsFrom, tuning }),
  );
}
