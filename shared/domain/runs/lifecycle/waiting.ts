import * as z from "zod";
import { problem, type Problem } from "../../problems/problem";
import { isTerminal, overdueAt, type Run } from "../run";
import { profilesOf } from "../progress/run-progress";
import { longestRetrySpan, type Tuning } from "../tuning";

/** Who a run may wait for: until they have done their part, nothing of it gets on. */
export const waitedForSchema = z.enum(["aws", "klaviyo", "segment"]);

/** A run waits to be prepared, or a chunk of it to be sent or confirmed. */
export type Waiting = NonNullable<Run["waiting"]>;

/** Klaviyo is said to be waited for when it has had the jobs so long, and none came to its end. */
const JOBS_TAKE_MILLISECONDS = 30_000;

/** A wait is written down again when so much time has passed. */
const NOTE_AGAIN_MILLISECONDS = 30_000;

/** What a run was last seen to wait for, if nothing of it has got on since. */
function notedWaiting({ status, waiting }: Run): Waiting | undefined {
  return isTerminal(status) ? undefined : waiting;
}

/** Whether it was written down a moment ago for whom the run waits. */
export function isWaitingNoted(run: Run, now: Date): boolean {
  const noted = notedWaiting(run);
  return noted !== undefined && now.getTime() - Date.parse(noted.at) < NOTE_AGAIN_MILLISECONDS;
}

/** What a run waits for just now, if it does: also for the end of jobs that Klaviyo has taken. */
export function presentWaiting(run: Run, now: Date): Waiting | undefined {
  return notedWaiting(run) ?? waitingForJobs(run, now);
}

function waitingForJobs(run: Run, now: Date): Waiting | undefined {
  const { status, stop, lastSentAt, settledAt } = run;
  const profiles = profilesOf(run);
  if (isTerminal(status) || stop !== undefined || profiles === undefined) {
    return undefined;
  }
  const since = [lastSentAt, settledAt]
    .filter((at) => at !== undefined)
    .sort()
    .at(-1);
  const areAllSent = profiles.sent >= profiles.toSend && profiles.confirmed < profiles.toSend;
  return since === undefined ||
    !areAllSent ||
    now.getTime() - Date.parse(since) < JOBS_TAKE_MILLISECONDS
    ? undefined
    : {
        for: "klaviyo",
        problem: problem("jobsUnfinished", { profiles: profiles.toSend - profiles.confirmed }),
        since,
        until: overdueAt(run).toISOString(),
        at: now.toISOString(),
      };
}

/**
 * A run is put off that waits for somebody: since when, and until when it is tried.
 *
 * @param attemptsFrom the attempt that has failed; undefined where the next one counts as no further attempt
 */
export function waitingOf(
  run: Run,
  { waitsFor, problem }: { waitsFor: Waiting["for"]; problem: Problem },
  { now, attemptsFrom, tuning }: { now: Date; attemptsFrom: number | undefined; tuning: Tuning },
): Waiting {
  const before = notedWaiting(run);
  const overdue = overdueAt(run);
  const last =
    attemptsFrom === undefined
      ? overdue
      : new Date(now.getTime() + longestRetrySpan(attemptsFrom, tuning) * 1_000);
  return {
    for: waitsFor,
    problem,
    since: before?.for === waitsFor ? before.since : now.toISOString(),
    until: (last < overdue ? last : overdue).toISOString(),
    at: now.toISOString(),
  };
}
