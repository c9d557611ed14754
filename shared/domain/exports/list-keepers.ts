import * as z from "zod";
import { syncModeSchema } from "./export";

/** An export whose run has been let onto a list: it may have put people there. */
const listKeeperSchema = z.object({
  /** How it treats those who leave its segments, as far as that concerns others. */
  syncMode: syncModeSchema,
  /** The newest run of it that was let onto the list. */
  runId: z.string(),
});
export type ListKeeper = z.infer<typeof listKeeperSchema>;

/** Who keeps people on one list of one account. */
export const listKeepersSchema = z.object({
  /** Counts the changes; 0 while there has been none. */
  revision: z.number().int().nonnegative(),
  keepers: z.record(z.string(), listKeeperSchema),
});
export type ListKeepers = z.infer<typeof listKeepersSchema>;

/** Whether two exports of these modes can't have one list: a mirror would remove whom the other keeps. */
export function areAtOdds(
  one: Pick<ListKeeper, "syncMode">,
  other: Pick<ListKeeper, "syncMode">,
): boolean {
  return one.syncMode === "mirror" || other.syncMode === "mirror";
}
