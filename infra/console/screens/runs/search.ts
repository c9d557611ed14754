import * as z from "zod";
import { runSchema, runStatusSchema } from "../../../../shared/domain/runs/run";
import { listSearchFields } from "../../parts/list/list-search";

/** What the list is filtered by, its page and its columns: a part of its address, so that every view is a link. */
export const runsSearchSchema = z.object({
  ...listSearchFields,
  status: runStatusSchema.optional().catch(undefined),
  trigger: runSchema.shape.trigger.optional().catch(undefined),
  exportId: z.string().min(1).max(100).optional().catch(undefined),
});
export type RunsSearch = z.infer<typeof runsSearchSchema>;
