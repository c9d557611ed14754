import { LEAST_WAY_MILLISECONDS } from "./rate-limit";

/** So many calls are looked back at. */
const REMEMBERED_ANSWERS = 20;

/** Of fewer answers nothing is concluded. */
const FEWEST_ANSWERS = 5;

/** What a call is given whose like have hardly been answered: connections are new, and so may the far side be. */
const FIRST_WAY_MILLISECONDS = 60;

/** Answers that vary in more than twice this may vary for any reason: nobody waits longer than this for their sake. */
const MOST_WAY_MILLISECONDS = 320;

/** How long after they were sent a worker's last calls of one kind were answered, oldest first: milliseconds. */
export type AnswerTimes = readonly number[];

/** What is known after one more answer. */
export function noteAnswerTime(known: AnswerTimes, milliseconds: number): AnswerTimes {
  return [...known, Math.max(0, milliseconds)].slice(-REMEMBERED_ANSWERS);
}

/**
 * How much later than usual the next call may arrive. When it arrives is not seen, only when it is answered. What
 * answers vary in is lost on the way there, in the work, and on the way back: so half of it is allowed for the way
 * there. One answer alone that took long shows nothing of those to come.
 *
 * @param lateness how late the worker may be: a machine that is slow to wake is slow to send, too
 */
export function wayToAllow(known: AnswerTimes, lateness: number): number {
  const least = Math.max(LEAST_WAY_MILLISECONDS, lateness);
  if (known.length < FEWEST_ANSWERS) {
    return Math.max(FIRST_WAY_MILLISECONDS, least);
  }
  const [, second = 0] = known.toSorted((one, other) => other - one);
  const varying = Math.ceil((second - Math.min(...known)) / 2);
  return Math.max(Math.min(varying, MOST_WAY_MILLISECONDS), least);
}
