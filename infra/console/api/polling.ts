import type { Query } from "@tanstack/react-query";
import { ApiError } from "../../client/client";

/**
 * How often what is on screen is read again. A hidden tab reads nothing: the query client pauses there.
 */

/** Of a run that is going, in milliseconds. */
export const OPEN_RUN_EVERY = 1_000;

/** Of lists, in milliseconds. */
export const LISTS_EVERY = 10_000;

/** Of what seldom changes, and is read anew when it is changed here: connections, segments, schedules, in milliseconds. */
export const SETTINGS_EVERY = 60_000;

/** Of an account's pace, in milliseconds: Klaviyo counts calls by the second and by the minute. */
export const PACE_EVERY = 5_000;

/** Reads again so often, until the API says that it is not there or not for this person: nothing changes that. */
export function every(milliseconds: number) {
  return ({ state }: { readonly state: Pick<Query["state"], "error"> }): number | false =>
    isFinal(state.error) ? false : milliseconds;
}

function isFinal(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.failure.kind === "refused" &&
    (error.failure.status === 403 || error.failure.status === 404)
  );
}
