import * as z from "zod";
import { displayNameSchema } from "../connections/connection";
import { fieldMappingSchema } from "./field-mapping";
import { defaultExportSchedule, exportScheduleSchema } from "../schedules/schedule";
import { followingSchema } from "../schedules/refresh-decision";
import { segmentNameSchema } from "../segments/segment";
import { subscriptionRequestSchema, subscriptionSchema } from "./subscription";

/** Klaviyo list ids are six letters and digits; the length is not promised, the alphabet keeps it safe. */
export const listIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]{1,32}$/, "a Klaviyo list id holds letters and digits only");

/** `mirror` takes nobody out of the account, only off the list, so that the list is what the segments are. */
export const syncModeSchema = z.enum(["upsert", "mirror"]);
export type SyncMode = z.infer<typeof syncModeSchema>;

const SUBSCRIPTION = "subscribe the members to email marketing";

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
  syncMode: syncModeSchema
    .default("upsert")
    .describe(
      "what becomes of those who leave the segments: upsert leaves them on the list, mirror takes them off it",
    ),
  /** Rows that are rejected are blank, invalid or refused. Without it they are never a reason to tell anybody. */
  rejectionThreshold: z
    .number()
    .int()
    .nonnegative()
    .max(1_000_000_000)
    .optional()
    .describe("administrators are told when a run rejects more rows than this"),
  /** Without it nobody is ever subscribed. */
  subscription: subscriptionSchema.optional().describe(SUBSCRIPTION),
});
export type ExportSettings = z.infer<typeof exportSettingsSchema>;

/**
 * The settings as they are stored. A setting that a newer version has added is left out, not refused: while a version
 * is deployed, the one before reads its items.
 */
export const storedSettingsSchema = z.object(exportSettingsSchema.shape);

/** The settings as a person sends them. */
export const exportRequestSchema = z.strictObject({
  ...exportSettingsSchema.shape,
  subscription: subscriptionRequestSchema.optional().describe(SUBSCRIPTION),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/**
 * Where it is written who is, or may be, on the list because of an export, and the configuration that this
 * was found under. A row is an email and the hash of the profile that Klaviyo confirmed, or no hash when it
 * is not known what Klaviyo has.
 */
const snapshotReferenceSchema = z.object({
  key: z.string(),
  /** Changes with account, list and mapping: hashes of another fingerprint are never compared with. */
  fingerprint: z.string(),
  /** Changes with account and list: of another destination nothing in the snapshot is of use. */
  destination: z.string(),
  /**
   * A snapshot before was lost, and so were those in it who had left the segments: not everybody is named here
   * whom the export put on the list. Whoever is not named stays there until a run is told to reconcile the list.
   */
  incomplete: z.literal(true).optional(),
  runId: z.string(),
  /** The connection that it was found out over; the snapshot is deleted with it. */
  connectionId: z.string().optional(),
  /** Whom the export has asked Klaviyo to subscribe in an account, if it ever has. */
  subscribed: z
    .object({
      accountId: z.string(),
      /** The file in which runs that could be settled have written them down. */
      key: z.string().optional(),
      /**
       * Runs that asked and could not be settled: whom they asked for is with their staged files, until
       * these expire or a run that can be settled has written it down.
       */
      unsettled: z.array(z.object({ runId: z.string(), attemptId: z.string() })).optional(),
    })
    .optional(),
});
export type SnapshotReference = z.infer<typeof snapshotReferenceSchema>;

/** What is remembered of whom an export asked for, with a run that asked and was not settled. */
export function withUnsettled(
  before: SnapshotReference["subscribed"],
  accountId: string,
  { runId, attemptId }: { runId: string; attemptId: string },
): NonNullable<SnapshotReference["subscribed"]> {
  const same = before?.accountId === accountId ? before : { accountId };
  const others = same.unsettled?.filter((run) => run.runId !== runId) ?? [];
  return { ...same, unsettled: [...others, { runId, attemptId }] };
}

/** How an export fares, as far as administrators have been told. */
const exportHealthSchema = z.object({
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

/** What is replaced whenever an export is saved: its settings, and what follows from saving them. */
export const savedExportSchema = z.object({
  ...exportSettingsSchema.shape,
  /** What Klaviyo called the list when it was last looked up: when it was chosen, by a run or by a preview. */
  listName: z.string().optional(),
  /** Set while the export is on no connection: it keeps its configuration and does not run. */
  detached: z.object({ at: z.iso.datetime(), by: z.string() }).optional(),
  /** Counts changes by people: of the settings, the connection and the schedule. */
  version: z.number().int().positive(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});
export type SavedExport = z.infer<typeof savedExportSchema>;

/** What saving an export leaves as it is. */
const lastingSchema = z.object({
  exportId: z.string(),
  /** The run that is going; at most one. */
  currentRun: z.object({ runId: z.string(), claimedAt: z.iso.datetime() }).optional(),
  lastRunId: z.string().optional(),
  snapshot: snapshotReferenceSchema.optional(),
  schedule: exportScheduleSchema.default(defaultExportSchedule),
  /** When the schedule was set; absent while it is the one that the export was made with. */
  followsSince: z.iso.datetime().optional(),
  /** Kept of an export that follows its segments' refreshes. */
  following: followingSchema.optional(),
  health: exportHealthSchema.optional(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});

/** A connection, a list, segments and a mapping that belong together. */
export const exportSchema = z.object({ ...savedExportSchema.shape, ...lastingSchema.shape });
export type Export = z.infer<typeof exportSchema>;

/** The settings of an export, all of them and nothing else. */
export function settingsOf(from: ExportSettings): ExportSettings {
  return storedSettingsSchema.parse(from);
}

/** The export as it is after it was saved. What it had and is not saved with, it has no more. */
export function savedAs(before: Export, saved: SavedExport): Export {
  return { ...lastingSchema.parse(before), ...savedExportSchema.parse(saved) };
}
