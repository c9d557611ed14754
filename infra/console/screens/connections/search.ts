import * as z from "zod";

/** The page of the list, and whether a connection is being made: parts of its address. */
export const connectionsSearchSchema = z.object({
  create: z.literal(true).optional().catch(undefined),
  after: z.string().min(1).max(2_000).optional().catch(undefined),
});
