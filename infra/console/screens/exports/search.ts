import * as z from "zod";
import { runStatusSchema } from "../../../../shared/domain/runs/run";
import { listSearchFields } from "../../parts/list/list-search";

/** What the list is filtered by, its page and its columns: a part of its address, so that every view is a link. */
export const exportsSearchSchema = z.object({
  ...listSearchFields,
  search: z.coerce.string().min(1).max(200).optional().catch(undefined),
  lastRunStatus: runStatusSchema.optional().catch(undefined),
  connectionId: z.string().min(1).max(100).optional().catch(undefined),
  segment: z.coerce.string().min(1).max(200).optional().catch(undefined),
});
export type ExportsSearch = z.infer<typeof exportsSearchSchema>;
