import * as z from "zod";
import { auditOutcomeSchema } from "../../../../shared/domain/access/audit";

const id = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/)
  .optional()
  .catch(undefined);

/** What the audit log is filtered by, and its page: a part of the screen's address. */
export const auditSearchSchema = z.object({
  actor: z.string().min(1).max(200).optional().catch(undefined),
  target: id,
  action: z
    .string()
    .regex(/^[A-Za-z]{1,50}$/)
    .optional()
    .catch(undefined),
  outcome: auditOutcomeSchema.optional().catch(undefined),
  after: z.string().min(1).max(2_000).optional().catch(undefined),
});
export type AuditSearch = z.infer<typeof auditSearchSchema>;
export const auditFilters = ["actor", "target", "action", "outcome"] as const;
