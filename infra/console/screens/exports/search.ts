import * as z from "zod";
import { runStatusSchema } from "../../../../shared/domain/runs/run";

/** What the list is filtered by, and its page: a part of its address, so that every view is a link. */
export const exportsSearchSchema = z.object({
  search: z.coerce.string().min(1).max(200).optional().catch(undefined),
  lastRunStatus: runStatusSchema.optional().catch(undefined),
  connectionId: z.string().min(1).max(100).optional().catch(undefined),
  segment: z.coerce.string().min(1).max(200).optional().catch(undefined),
  after: z.string().min(1).max(2_000).optional().catch(undefined),
});
export type ExportsSearch = z.infer<typeof exportsSearchSchema>;
