import * as z from "zod";

/** How large a segment was at one of its refreshes, as somebody has described it. */
export const describedRefreshSchema = z.object({
  refreshedAt: z.iso.datetime(),
  rows: z.number().int().nonnegative(),
  /** Absent where no field held addresses. */
  members: z.number().int().nonnegative().optional(),
  /** The field that they were counted by. */
  emailField: z.string().optional(),
});
export type DescribedRefresh = z.infer<typeof describedRefreshSchema>;

/** So many refreshes of a segment are remembered. */
const REMEMBERED = 10;

/** Puts a refresh to those that are remembered, newest first; what is found of one anew takes the place of the old. */
export function rememberRefresh(
  before: readonly DescribedRefresh[],
  described: DescribedRefresh,
): readonly DescribedRefresh[] {
  return [described, ...before.filter(({ refreshedAt }) => refreshedAt !== described.refreshedAt)]
    .toSorted((one, other) => (one.refreshedAt < other.refreshedAt ? 1 : -1))
    .slice(0, REMEMBERED);
}
