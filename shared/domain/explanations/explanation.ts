import * as z from "zod";
import { problemSchema } from "../problems/problem";
import { runStatusSchema } from "../runs/run";
import { pinnedSegmentSchema } from "../segments/refresh";
import { reasonSchema } from "./reason";

const count = z.number().int().nonnegative();

/** Rows with one person's address that are shown at most. */
export const EXPLAINED_ROWS = 20;

/** A row of the segments with the address. */
const explainedRowSchema = z.object({
  segment: z.string(),
  file: z.string(),
  row: count,
  verdict: z
    .enum(["used", "duplicate", "invalid"])
    .describe(
      "`used`: its values are those that are sent. `duplicate`: an earlier row has the same address. `invalid`: its address is none",
    ),
});

/** A value that the profile goes without. */
const leftOutSchema = z.object({
  attribute: z.string(),
  field: z.string(),
  reason: z.string(),
  text: z.string(),
});

/** What the segments hold of a person now. */
const searchedSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("searched"),
    refreshes: z.array(pinnedSegmentSchema).describe("The refreshes that were read"),
    rows: z.array(explainedRowSchema).describe("The first rows with the address, in their order"),
    rowCount: count.describe("All rows with the address"),
    blankRows: count.describe("Rows without an address, of which it is not known whose they are"),
    profile: z
      .unknown()
      .optional()
      .describe("The profile exactly as it is sent; absent when no row is used"),
    leftOut: z.array(leftOutSchema).describe("Values that the profile goes without, and why"),
    tooLarge: z.boolean().describe("Klaviyo takes no profile of its size"),
  }),
  z.object({ kind: z.literal("notSearched"), problem: problemSchema }),
]);

/** What a run made of a person. */
const runVerdictSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum([
      "notMember",
      "invalid",
      "unchanged",
      "new",
      "changed",
      "underWay",
      "notConfirmed",
      "leftAlone",
      "removed",
      "removalUnconfirmed",
      "heldBack",
      "expired",
      "notSearched",
    ]),
  }),
  z.object({ kind: z.literal("refused"), code: z.string(), text: z.string() }),
  z.object({ kind: z.literal("notRun"), problem: problemSchema.optional() }),
]);
export type RunVerdict = z.infer<typeof runVerdictSchema>;

const explainedRunSchema = z.object({
  runId: z.string(),
  requestedAt: z.iso.datetime(),
  status: runStatusSchema,
  listId: z.string(),
  problem: problemSchema.optional(),
  verdict: runVerdictSchema.describe(
    "`notMember`: no row of the run had the address. `unchanged`: Klaviyo had confirmed them before. `new`, `changed`: sent, and Klaviyo reported them imported. `refused`: with the code and the text of whoever refused them. `notConfirmed`: Klaviyo never said what became of them, or they were not sent. `leftAlone`: left the segments, and the mode takes nobody off. `heldBack`: left, and the removal guard or a failure kept the run from removing. `notRun`: the run ended before it read the rows. `expired`: what the run staged is no longer kept. `notSearched`: there was no time to look",
  ),
});
export type ExplainedRun = z.infer<typeof explainedRunSchema>;

const snapshotSchema = z
  .enum(["holds", "holdsNot", "none", "unknown"])
  .describe(
    "Whether Klaviyo has confirmed them for this export, as its snapshot says; `none` when it has no snapshot, `unknown` when that could not be read",
  );

/** What Klaviyo says of a person now. */
const askedSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("asked"),
    onList: z.boolean(),
    profile: z
      .object({ consent: z.string(), suppressions: z.array(z.string()) })
      .nullable()
      .describe("Null when the account has no profile with the address"),
  }),
  z.object({ kind: z.literal("notAsked"), problem: problemSchema }),
]);

/** Why a person is, or is not, on an export's list. */
export const explanationSchema = z.object({
  exportId: z.string(),
  at: z.iso.datetime(),
  reason: reasonSchema,
  segments: searchedSchema,
  runs: z.array(explainedRunSchema).describe("The export's last runs, newest first"),
  snapshot: snapshotSchema,
  klaviyo: askedSchema,
});
export type Explanation = z.infer<typeof explanationSchema>;
export type SearchedSegments = Explanation["segments"];
export type AskedKlaviyo = Explanation["klaviyo"];
