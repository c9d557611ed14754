import * as z from "zod";

const count = z.number().int().nonnegative();

/** How far a run was at an instant: profiles that Klaviyo had taken, and those whose fate was known. */
export const runMarkSchema = z.object({ at: z.iso.datetime(), sent: count, confirmed: count });
export type RunMark = z.infer<typeof runMarkSchema>;

/** Marks are so far apart; the pace is measured over one to two such spans. */
const MARK_MILLISECONDS = 15_000;

/**
 * The marks of a run that has come as far as `reached`, when it is time for a new one; else undefined.
 * Workers may have seen the run at different times: a mark that is older than the newest is left out.
 */
export function nextMarks(marks: readonly RunMark[], reached: RunMark): RunMark[] | undefined {
  const newest = marks.at(-1);
  const apart = newest === undefined ? Infinity : Date.parse(reached.at) - Date.parse(newest.at);
  return apart < MARK_MILLISECONDS ? undefined : [...marks.slice(-1), reached];
}
