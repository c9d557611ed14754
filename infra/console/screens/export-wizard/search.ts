import * as z from "zod";

/** Which export a new one is to be like: a part of the wizard's address. */
export const newExportSearchSchema = z.object({
  from: z.string().min(1).max(100).optional().catch(undefined),
});
