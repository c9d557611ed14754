import * as z from "zod";

/** What the list is filtered by, and its page: a part of its address. */
export const segmentsSearchSchema = z.object({
  search: z.coerce.string().min(1).max(200).optional().catch(undefined),
  after: z.string().min(1).max(2_000).optional().catch(undefined),
});
