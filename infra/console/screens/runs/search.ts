import * as z from "zod";

/** The page of the list: a part of its address. */
export const runsSearchSchema = z.object({
  after: z.string().min(1).max(2_000).optional().catch(undefined),
});
