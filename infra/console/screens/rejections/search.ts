import * as z from "zod";
import { rejectionCategories } from "../../../../shared/domain/runs/rejection";

/** What the screen of a run's rejections is filtered by, and its page: a part of its address. */
export const rejectionsSearchSchema = z.object({
  code: z.string().min(1).max(200).optional().catch(undefined),
  category: z.enum(rejectionCategories).optional().catch(undefined),
  segment: z.string().min(1).max(200).optional().catch(undefined),
  after: z.coerce
    .string()
    .regex(/^[1-9][0-9]{0,14}$/)
    .optional()
    .catch(undefined),
});
export type RejectionsSearch = z.infer<typeof rejectionsSearchSchema>;
