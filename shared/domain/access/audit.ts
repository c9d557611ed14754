import * as z from "zod";
import { roleSchema } from "./identity";

/**
 * How it went. `unknown`: begun, and the system never came to write down the end. `refused`: the caller
 * may not or the request can't be done; nothing was changed. `failed`: something broke.
 */
export const auditOutcomeSchema = z.enum(["succeeded", "refused", "failed", "unknown"]);

const recordedStateSchema = z.record(z.string(), z.unknown());

/** What was changed: a connection, an export, or what else the route's path names. */
const auditTargetSchema = z.object({
  kind: z.enum(["connection", "export", "run", "list", "source", "other"]),
  id: z.string(),
});

/** One change, or one end of a run: who, what, when, from where, with what outcome. Never holds a key. */
export const auditEntrySchema = z.object({
  auditId: z.string(),
  at: z.iso.datetime(),
  /** What was done: an action of the access table, or `runStarted` and `runEnded`. */
  action: z.string(),
  actor: z.object({
    userId: z.string(),
    /** Absent for what the system did on the user's behalf. */
    role: roleSchema.optional(),
  }),
  /** From where. */
  source: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("api"),
      requestId: z.string(),
      ip: z.string().optional(),
      userAgent: z.string().optional(),
    }),
    z.object({ kind: z.literal("schedule") }),
    z.object({ kind: z.literal("run") }),
  ]),
  outcome: auditOutcomeSchema,
  /** The problem's code, of what did not succeed; of a run that ended, its status. */
  code: z.string().optional(),
  target: auditTargetSchema.optional(),
  runId: z.string().optional(),
  before: recordedStateSchema.optional(),
  after: recordedStateSchema.optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditOutcome = Pick<AuditEntry, "outcome" | "code">;

/** What entries are looked for by; all that is given must hold. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  /** Id of what was changed. */
  readonly target?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: AuditEntry["outcome"] | undefined;
  /** First instant, and the first one after the last. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}
