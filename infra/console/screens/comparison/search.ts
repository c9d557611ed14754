import * as z from "zod";

/** The two runs that are compared: a part of the screen's address. */
export const comparisonSearchSchema = z.object({
  a: z.string().min(1).max(100).optional().catch(undefined),
  b: z.string().min(1).max(100).optional().catch(undefined),
});
export type ComparisonSearch = z.infer<typeof comparisonSearchSchema>;
