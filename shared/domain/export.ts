import * as z from "zod";
import { displayNameSchema } from "./connection";
import { fieldMappingSchema } from "./field-mapping";
import { defaultExportSchedule, exportScheduleSchema } from "./schedule";
import { segmentNameSchema } from "./segment";

/** Klaviyo list ids are six letters and digits; the length is not promised, the alphabet keeps it safe. */
export const listIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,32}$/, "a Klaviyo list id holds letters and digits only");

/** What a person sets on an export. */
export const exportSettingsSchema = z.strictObject({
  displayName: displayNameSchema,
  connectionId: z.string().min(1).max(100),
  listId: listIdSchema,
  segments: z
    .array(segmentNameSchema)
    .min(1, "only segments can be exported: name at least one")
    .max(50)
    .refine((names) => new Set(names).size === names.length, "a segment is named twice"),
  mapping: fieldMappingSchema,
  /**
   * Administrators are told when a run rejects more rows than this: blank, invalid or refused. Without it
   * rejections alone are never a reason to tell them.
   */
  rejectionThreshold: z.number().int().nonnegative().max(1_000_000_000).optional(),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

/** What Klaviyo has confirmed for an export, and the configuration it was confirmed under. */
export const snapshotReferenceSchema = z.object({
  key: z.string(),
  /** Changes with account, list and mapping: a snapshot of another fingerprint is never compared with. */
  fingerprint: z.string(),
  runId: z.string(),
});
export type SnapshotReference = z.infer<typeof snapshotReferenceSchema>;

/** How an export fares, as far as administrators have been told. */
export const exportHealthSchema = z.object({
  /** When the newest run that is accounted for here was requested. */
  runAt: z.iso.datetime(),
  /** Why it fails; absent while all is well. */
  failing: z.string().optional(),
});
export type ExportHealth = z.infer<typeof exportHealthSchema>;

/**
 * In place of a connection's id on an export that is detached. No connection has it, so whoever looks for
 * one finds none, and nothing of a detached export points to the connection that it was on.
 */
export const NO_CONNECTION = "none";

/** A connection, a list, segments and a mapping that belong together. */
export const exportSchema = z.object({
  ...exportSettingsSchema.shape,
  exportId: z.string(),
  /** Set while the export is on no connection: it keeps its configuration and does not run. */
  detached: z.object({ at: z.iso.datetime(), by: z.string() }).optional(),
  /** Counts changes of the settings. */
  version: z.number().int().positive(),
  /** The run that is going; at most one. */
  currentRun: z.object({ runId: z.string(), claimedAt: z.iso.datetime() }).optional(),
  lastRunId: z.string().optional(),
  snapshot: snapshotReferenceSchema.optional(),
  schedule: exportScheduleSchema.default(defaultExportSchedule),
  health: exportHealthSchema.optional(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type Export = z.infer<typeof exportSchema>;
