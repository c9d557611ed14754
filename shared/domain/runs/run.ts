import * as z from "zod";
import { storedSettingsSchema } from "../exports/export";
import { fieldReadingSchema } from "../cells/column-habit";
import { pinnedSegmentSchema } from "../segments/refresh";
import { problemSchema, type ProblemCode } from "../problems/problem";
import { rejectionCountsSchema } from "./rejection";
import { runOptionsSchema } from "./run-options";
import { subscriptionProgressSchema } from "../exports/subscription";
import { runMarkSchema } from "./progress/run-mark";

export const terminalStatusSchema = z.enum([
  "successful",
  "completedWithWarnings",
  "failed",
  "skipped",
  "canceled",
]);
export type TerminalStatus = z.infer<typeof terminalStatusSchema>;
export const runStatusSchema = z.enum(["queued", "running", ...terminalStatusSchema.options]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Where a running run is. */
const runPhaseSchema = z.enum(["preparing", "pushing", "confirming", "removing", "subscribing"]);

const count = z.number().int().nonnegative();

/**
 * The run's numbers. Always: rows = blank + invalid + duplicates + members, and at the end
 * members = unchanged + imported + refused + unsent.
 */
export const runNumbersSchema = z.object({
  /** Rows in the segments' files. */
  rows: count,
  /** Rows without an email. */
  blank: count,
  /** Rows whose email can't be one. */
  invalid: count,
  /** Rows whose email an earlier row has. */
  duplicates: count,
  /** Profiles left. */
  members: count,
  /** Members that Klaviyo has confirmed before, as they are now. */
  unchanged: count,
  /** Members that Klaviyo reported imported in this run. */
  imported: count,
  /** Members that Klaviyo refused, at once or later. */
  refused: count,
  /** Members that were not sent, or of which Klaviyo never said what became of them. */
  unsent: count,
});
export type RunNumbers = z.infer<typeof runNumbersSchema>;

export const noNumbers: RunNumbers = {
  rows: 0,
  blank: 0,
  invalid: 0,
  duplicates: 0,
  members: 0,
  unchanged: 0,
  imported: 0,
  refused: 0,
  unsent: 0,
};

/**
 * The numbers of those who left the segments of an export in sync mode `mirror`; zeros in sync mode `upsert`.
 * At the end leaving = removed + notFound + unremoved.
 */
export const removalNumbersSchema = z.object({
  /** Profiles that this export put on the list and that are no valid members of its segments any more. */
  leaving: count,
  /** Profiles that Klaviyo took off the list in this run. */
  removed: count,
  /** Profiles that were not on the list any more. */
  notFound: count,
  /** Profiles of which Klaviyo did not confirm that they were taken off; they are tried again next time. */
  unremoved: count,
});
export type RemovalNumbers = z.infer<typeof removalNumbersSchema>;

export const noRemovals: RemovalNumbers = { leaving: 0, removed: 0, notFound: 0, unremoved: 0 };

/**
 * What is to be sent and where its rows are staged, written once: of several attempts at preparing, the first to
 * get there counts. The chunks are staged after it, while those that are staged are being pushed.
 */
const runPlanSchema = z.object({
  /** The attempt whose staged files are the run's. */
  attemptId: z.string(),
  /** When the rows were staged: how long the oldest chunk has waited is counted from here. */
  stagedAt: z.iso.datetime().optional(),
  /** Profiles in each chunk, in the chunks' order. */
  chunkSizes: z.array(count),
  /**
   * Tells the chunks' contents: whoever stages those that another worker left must come to the same. Runs that were
   * planned before there was any have none.
   */
  checksum: z.string().default(""),
  /**
   * Leavers in each removal chunk, in the chunks' order. Their chunks' numbers follow those of the chunks
   * to import.
   */
  removalSizes: z.array(count).default([]),
  /** Profiles that are to be taken off the list, or would be, if the plan has no end. */
  leaving: count.default(0),
  /** Set when the run ends without sending anything, though its rows have been read. */
  end: z.object({ status: terminalStatusSchema, problem: problemSchema }).optional(),
  warnings: z.array(problemSchema),
  /** The refreshes that were read; runs that an older version planned have none. */
  segments: z.array(pinnedSegmentSchema).optional(),
  /** How mapped columns are written, where that decided how they were read. */
  readings: z.array(fieldReadingSchema).optional(),
  /** The snapshot that the next one is made from. */
  snapshotKey: z.string().optional(),
  /** What the truth of the next snapshot's hashes depends on, and what that of its emails does. */
  fingerprint: z.string(),
  destination: z.string(),
  /** The next snapshot does not name all who may be on the list; see {@link SnapshotReference}. */
  incomplete: z.literal(true).optional(),
});
export type RunPlan = z.infer<typeof runPlanSchema>;

/** Values that Klaviyo did not take, though their profiles went. */
const leftOutValuesSchema = z.object({
  /** Profiles without a value that Klaviyo refused, by attribute as a mapping calls it. */
  refused: z.array(z.object({ attribute: z.string(), count })),
  /** Attributes of which it ignored values without saying whose. */
  ignored: z.array(z.string()),
});
export type LeftOutValues = z.infer<typeof leftOutValuesSchema>;

/** What a run has come to, and the keys of the files in which it is written. */
const runResultSchema = z.object({
  numbers: runNumbersSchema,
  removals: removalNumbersSchema,
  leftOut: leftOutValuesSchema,
  /** Absent when the report has too many codes for the run to keep, or an older version wrote it. */
  rejectionCounts: rejectionCountsSchema.optional(),
  reportKey: z.string(),
  /** The report of values left out of profiles, if there are any. */
  droppedReportKey: z.string().optional(),
  snapshotKey: z.string(),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** One execution of one export. */
export const runSchema = z.object({
  runId: z.string(),
  exportId: z.string(),
  trigger: z.enum(["onDemand", "scheduled"]),
  /** What was said for this run alone. */
  ...runOptionsSchema.shape,
  requestedBy: z.string(),
  /** The instant of the schedule that started the run. */
  scheduledFor: z.iso.datetime().optional(),
  requestedAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  endedAt: z.iso.datetime().optional(),
  /** When a step of the run or a chunk last came to its end; what the watchdog goes by. */
  movedAt: z.iso.datetime(),
  /** When its rows had been read, and what is to be sent was known. */
  plannedAt: z.iso.datetime().optional(),
  /** When Klaviyo took the first and the last chunk so far. */
  firstSentAt: z.iso.datetime().optional(),
  lastSentAt: z.iso.datetime().optional(),
  /** When the fate of a chunk was last known. */
  settledAt: z.iso.datetime().optional(),
  /** When the removal chunks went on their way. */
  removingAt: z.iso.datetime().optional(),
  subscribingAt: z.iso.datetime().optional(),
  status: runStatusSchema,
  phase: runPhaseSchema.optional(),
  /** The export as it was when the run was started: later changes do not reach a run that is going. */
  settings: storedSettingsSchema,
  numbers: runNumbersSchema,
  removals: removalNumbersSchema.default(noRemovals),
  plan: runPlanSchema.optional(),
  /** Chunks to import that are staged: so many of the plan's first ones. */
  stagedChunks: count.default(0),
  /** Chunks whose fate is known, those that are removed included. */
  settledChunks: count,
  /** Removal chunks among these. */
  settledRemovals: count.default(0),
  /**
   * Profiles of the chunks that Klaviyo took, once each. Those of a chunk are missing whose worker died before it
   * counted them.
   */
  sentProfiles: count.optional(),
  /** How far it was a while ago, oldest first: what its pace is measured from. */
  marks: z.array(runMarkSchema).optional(),
  /** AWS last kept a step of the run from being done; of interest until the run moves. */
  trouble: z.object({ since: z.iso.datetime(), at: z.iso.datetime(), what: z.string() }).optional(),
  /** For whom it was put off last; of interest until the segments are read or a chunk gets on. */
  waiting: z
    .object({
      for: z.enum(["klaviyo", "segment"]),
      problem: problemSchema,
      since: z.iso.datetime(),
      /** When it is given up at the latest, if nothing changes. */
      until: z.iso.datetime(),
      at: z.iso.datetime(),
    })
    .optional(),
  /** Set when no further chunk should be sent, such as a refused key. */
  stop: problemSchema.optional(),
  /** The newest confirmation round; an older message of the same loop is dropped. */
  confirmRound: count,
  /** Set when the run is accounted for, until it ends. */
  result: runResultSchema.optional(),
  /** Set when the members that are to be subscribed have been found. */
  subscribing: subscriptionProgressSchema.optional(),
  problem: problemSchema.optional(),
  warnings: z.array(problemSchema),
  /** Key of the rejection report. */
  report: z.string().optional(),
  /** How many rows of the report have which code; absent when there are too many codes. */
  rejectionCounts: rejectionCountsSchema.optional(),
  /** Key of the report of values that profiles went without. */
  droppedReport: z.string().optional(),
  /** Others have been told of its end. */
  announced: z.literal(true).optional(),
});
export type Run = z.infer<typeof runSchema>;

/** What an export's runs are looked for by; all that is given must hold. */
export interface RunFilter {
  readonly status?: Run["status"] | undefined;
  readonly trigger?: Run["trigger"] | undefined;
  readonly mode?: Run["mode"] | undefined;
  /** When the run was requested: the first instant, and the first one after the last. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** What all runs are looked for by; all that is given must hold. */
export interface AllRunsFilter extends RunFilter {
  readonly exportId?: string | undefined;
  /** The connection that the run was over, whatever its export is on now. */
  readonly connectionId?: string | undefined;
}

/** Chunks of a plan, those that are removed included. */
export function plannedChunks({ chunkSizes, removalSizes }: RunPlan): number {
  return chunkSizes.length + removalSizes.length;
}

/** Rows of a run that did not reach the list because of what is in them. */
export function rejectedRows({ blank, invalid, refused }: RunNumbers): number {
  return blank + invalid + refused;
}

export function isTerminal(status: RunStatus): status is TerminalStatus {
  return terminalStatusSchema.safeParse(status).success;
}

/** What AWS keeps the run from just now, if it does: nothing of the run has moved since. */
export function presentTrouble({
  status,
  trouble,
  movedAt,
}: Pick<Run, "status" | "trouble" | "movedAt">): Run["trouble"] {
  return trouble !== undefined && !isTerminal(status) && trouble.at >= movedAt
    ? trouble
    : undefined;
}

/** A run that has not ended by then is ended: Klaviyo keeps a job no longer than it takes to process. */
const LONGEST_RUN_MILLISECONDS = 24 * 3_600_000;

/** When a run has gone on for as long as it may. */
export function overdueAt({ requestedAt }: Pick<Run, "requestedAt">): Date {
  return new Date(Date.parse(requestedAt) + LONGEST_RUN_MILLISECONDS);
}

/** Whether a run has gone on for too long: no message about it is sent anew. */
export function isOverdue(run: Pick<Run, "requestedAt">, now: Date): boolean {
  return now > overdueAt(run);
}

/** How a run whose chunks have all settled ends. */
export function concludingStatus(
  numbers: RunNumbers,
  removals: RemovalNumbers = noRemovals,
): Extract<TerminalStatus, "successful" | "completedWithWarnings" | "failed"> {
  if (numbers.unsent > 0 || removals.unremoved > 0) {
    return "failed";
  }
  return rejectedRows(numbers) > 0 ? "completedWithWarnings" : "successful";
}

/** Reasons for which a run is not attempted; every other reason is a failure of an attempt. */
const notAttempted: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "noConnectionAttached",
  "segmentMissing",
  "segmentEmpty",
  "segmentUnfinished",
  "overProfileLimit",
  "previousRunGoing",
  "removalGuard",
  "listMirrored",
]);

/** Reasons for which somebody ended a run that was going. */
const canceling: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "exportDeleted",
  "connectionRemoved",
  "runCanceled",
  "connectionDetached",
]);

/** How a run ends that a problem keeps from its work. */
export function statusOfProblem(
  code: ProblemCode,
): Extract<TerminalStatus, "skipped" | "failed" | "canceled"> {
  if (canceling.has(code)) {
    return "canceled";
  }
  return notAttempted.has(code) ? "skipped" : "failed";
}
