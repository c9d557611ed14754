import * as z from "zod";
import type { Problem } from "../../problems/problem";
import { isTerminal, overdueAt, type Run } from "../run";
import { longestRetrySpan, type Tuning } from "../tuning";

/** Who a run may wait for: until they have done their part, nothing of it gets on. */
export const waitedForSchema = z.enum(["aws", "klaviyo", "segment"]);

/** A run waits to be prepared. */
export type Waiting = NonNullable<Run["waiting"]>;

/** What a run's preparation waits for just now, if it does. */
export function presentWaiting({ status, plan, waiting }: Run): Waiting | undefined {
  return isTerminal(status) || plan !== undefined ? undefined : waiting;
}

/**
 * A preparation is put off that waits for somebody: since when, and until when it is tried.
 *
 * @param attemptsFrom the attempt that has failed; undefined where the next one counts as no further attempt
 */
export function waitingOf(
  run: Run,
  { waitsFor, problem }: { waitsFor: Waiting["for"]; problem: Problem },
  { now, attemptsFrom, tuning }: { now: Date; attemptsFrom: number | undefined; tuning: Tuning },
): Waiting {
  const before = presentWaiting(run);
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
