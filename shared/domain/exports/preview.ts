import * as z from "zod";
import { fieldReadingSchema } from "../cells/column-habit";
import { problemSchema } from "../problems/problem";
import { profileChangeSchema } from "./profile-changes";
import { pinnedSegmentSchema } from "../segments/refresh";
import { runEstimateSchema } from "../runs/run-estimate";
import { previewOptionsSchema } from "../runs/run-options";

/** Profiles and rejections that a preview shows. */
export const PREVIEW_ROWS = 10;

/**
 * Profiles that are shown together take at most so many bytes of UTF-8; fewer are shown then. With all else a
 * preview stays well below the 400 KB that an item of DynamoDB may take.
 */
export const PREVIEW_MAX_BYTES = 200_000;

/** A preview holds personal data; it is shown no longer than this. */
export const PREVIEW_LIFETIME_SECONDS = 3_600;

/** A preview that is not there by then has died; it takes three attempts of a quarter of an hour at most. */
export const LONGEST_PREVIEW_SECONDS = 3_600;

const count = z.number().int().nonnegative();

/** What a run would do now. */
export const previewResultSchema = z.object({
  /** rows = blank + invalid + duplicates + members, and members = new + changed + unchanged + tooLarge. */
  numbers: z.object({
    rows: count,
    blank: count,
    invalid: count,
    duplicates: count,
    members: count,
    /** Members that the export never put on the list. */
    new: count,
    /** Members on the list whose profile is sent again. */
    changed: count,
    unchanged: count,
    /** Members that Klaviyo takes no profile of, for its size. */
    tooLarge: count,
    /**
     * Who would be taken off the list; 0 in sync mode `upsert`. With the warning `leavingUnknown`, which a
     * reconciliation of a list that is too long to be read gives, it is the least that it comes to.
     */
    leaving: count,
  }),
  /** The first profiles that would be sent, exactly as they would be. */
  profiles: z.array(z.unknown()),
  /**
   * What would change of the first members on the list whose profile is sent again, as Klaviyo has it and as it is
   * sent; absent when Klaviyo could not be asked, and of previews made earlier.
   */
  changes: z.array(profileChangeSchema).optional(),
  /** The first rows that are not among the members. */
  rejections: z.array(
    z.object({
      segment: z.string(),
      file: z.string(),
      row: count,
      /** As in the source; null if blank. */
      email: z.string().nullable(),
      code: z.enum(["emailBlank", "emailInvalid", "emailDuplicate", "profileTooLarge"]),
      text: z.string(),
    }),
  ),
  /** The first of those who would be taken off the list, by address; previews made earlier have none. */
  leavers: z.array(z.string()).optional(),
  warnings: z.array(problemSchema),
  /** How mapped columns are written, where that decides how they are read. */
  readings: z.array(fieldReadingSchema).optional(),
  /** The refreshes that were read; previews made earlier have none. */
  segments: z.array(pinnedSegmentSchema).optional(),
  /** What would keep a run from sending anything, such as the profile limit or the removal guard. */
  stop: problemSchema.optional(),
  estimate: runEstimateSchema,
});
export type PreviewResult = z.infer<typeof previewResultSchema>;

/** A dry run of an export: everything up to sending. It is none of the export's runs. */
export const previewSchema = z.object({
  previewId: z.string(),
  exportId: z.string(),
  /** The export's at that time. */
  connectionId: z.string(),
  /** Those of the run that is previewed. */
  ...previewOptionsSchema.shape,
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  status: z.enum(["running", "ready", "failed"]),
  endedAt: z.iso.datetime().optional(),
  result: previewResultSchema.optional(),
  /** Why it failed. */
  problem: problemSchema.optional(),
});
export type Preview = z.infer<typeof previewSchema>;
export type PreviewEnding =
  | { status: "ready"; result: PreviewResult }
  | { status: "failed"; problem: z.infer<typeof problemSchema> };
