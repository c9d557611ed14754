import * as z from "zod";
import { columnReadingSchema } from "../../domain/cells/column-habit";
import { fieldMappingSchema } from "../../domain/exports/field-mapping";
import { problemSchema } from "../../domain/problems/problem";
import { pinnedSegmentSchema } from "../../domain/segments/refresh";
import { describedRefreshSchema } from "../../domain/segments/refresh-history";
import { segmentRowsSchema } from "../../domain/segments/segment-rows";
import { segmentSettingsSchema } from "../../domain/segments/segment-settings";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

export const segmentSummarySchema = z
  .object({
    name: z.string(),
    /** The id of its source. */
    source: z.string(),
    files: z.number(),
    bytes: z.number(),
    refreshedAt: z.string(),
  })
  .register(componentSchemas, { id: "SegmentSummary" });

/** What is set for a segment, as the API shows it. */
export const segmentSettingsAnswerSchema = z
  .object({ ...segmentSettingsSchema.shape, ...peopleShape })
  .register(componentSchemas, { id: "SegmentSettings" });

/** A segment's first rows, with the refresh that they are of. */
export const segmentRowsAnswerSchema = z
  .object({ ...pinnedSegmentSchema.shape, ...segmentRowsSchema.shape })
  .register(componentSchemas, { id: "SegmentRows" });

export const segmentAnswerSchema = segmentSummarySchema
  .extend({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(["text", "number", "boolean", "date", "list", "object"]),
        /** How its cells are written, where that decides how they are read; a run reads them the same way. */
        reading: columnReadingSchema.optional(),
      }),
    ),
    suggestedEmailField: z.string().optional(),
    rows: z.number(),
    emailField: z.string().optional(),
    /** A mapping of the fields whose names say what they hold; ready to be sent, or to be looked through. */
    suggestedMapping: fieldMappingSchema.optional(),
    /** The field that by its name says who agreed to emails (a yes means agreed), or who refused them. */
    suggestedConsent: z
      .object({ field: z.string(), meaning: z.enum(["agreed", "refused"]) })
      .optional(),
    members: z.number().optional(),
    /** How its files were read where that may be wrong, as a run would warn of it; empty when nothing was told. */
    warnings: z.array(problemSchema),
    /** Absent while nobody has set anything. */
    settings: segmentSettingsAnswerSchema.optional(),
    /** How large it was at its last refreshes, newest first: up to ten that somebody has described. */
    refreshes: z.array(describedRefreshSchema).readonly(),
  })
  .register(componentSchemas, { id: "Segment" });
