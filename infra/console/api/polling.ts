/**
 * How often what is on screen is read again. A hidden tab reads nothing: the query client pauses there.
 */

/** Of a run that is going, in milliseconds. */
export const OPEN_RUN_EVERY = 1_000;

/** Of lists, in milliseconds. */
export const LISTS_EVERY = 10_000;

/** Of an account's pace, in milliseconds: Klaviyo counts calls by the second and by the minute. */
export const PACE_EVERY = 5_000;
