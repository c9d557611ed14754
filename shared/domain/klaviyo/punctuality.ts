import { LEAST_LATENESS_MILLISECONDS } from "./rate-limit";

/** So many calls are looked back at. */
const REMEMBERED_CALLS = 20;

/** A worker that is later than this time and again makes no call: it is as good as stopped. */
const MOST_LATENESS_MILLISECONDS = 640;

/** How much later than it wanted to a worker woke for its last calls, oldest first: milliseconds. */
export type Punctuality = readonly number[];

/** What is known after one more call. */
export function notePunctuality(known: Punctuality, late: number): Punctuality {
  return [...known, Math.max(0, late)].slice(-REMEMBERED_CALLS);
}

/**
 * How late the next call may be, by how late the last ones were: the least, doubled until all but one of those would
 * have kept it. One alone that was late shows nothing of those to come; it was not made then, and claimed another slot.
 */
export function latenessToAllow(known: Punctuality): number {
  const [, second = 0] = known.toSorted((one, other) => other - one);
  let allowed = LEAST_LATENESS_MILLISECONDS;
  while (allowed < second && allowed < MOST_LATENESS_MILLISECONDS) {
    allowed *= 2;
  }
  return allowed;
}
