import type { Chunk } from "../../../domain/runs/chunk";
import type { PlannedRun } from "../planned-run";

/** Of the time for which nothing has happened, what passes until somebody looks again. */
export const SHARE_OF_STILLNESS = 0.1;

/**
 * Messages are put off by whole seconds. The last jobs, which the run's end waits for, are looked at more often, all
 * of them with a call or a few, until nothing has moved for some seconds. Klaviyo does not say how long a job takes:
 * one of three profiles took two seconds.
 */
const LAST_JOBS = 20;
const LOOK_AGAIN_MILLISECONDS = 250;
const LOOKING_MILLISECONDS = 5_000;

/**
 * Milliseconds until the jobs are looked at again in the same round; undefined when that is left to the next one:
 * because many chunks are left to import, or none, or because nothing has moved for so many milliseconds.
 */
export function pauseBeforeLook(
  { plan }: Pick<PlannedRun, "plan">,
  known: readonly Chunk[],
  unmoved: number,
): number | undefined {
  const toImport = plan.chunkSizes.length;
  const settled = known.filter(({ state, chunk }) => state === "settled" && chunk <= toImport);
  const left = toImport - settled.length;
  return left === 0 || left > LAST_JOBS || unmoved >= LOOKING_MILLISECONDS
    ? undefined
    : Math.max(LOOK_AGAIN_MILLISECONDS, unmoved * SHARE_OF_STILLNESS);
}

/** Grows with each chunk that Klaviyo takes and with each that settles. */
export function stepsDone(known: readonly Chunk[]): number {
  const inState = (wanted: Chunk["state"]): number =>
    known.filter(({ state }) => state === wanted).length;
  return inState("sent") + 2 * inState("settled");
}
