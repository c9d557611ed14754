import * as z from "zod";
import { fieldMappingSchema } from "../../../shared/domain/field-mapping";
import type { SegmentDescription, SegmentSummary } from "../../../shared/domain/segment";

export const segmentSummarySchema = z.object({
  name: z.string(),
  files: z.number(),
  bytes: z.number(),
  refreshedAt: z.string(),
});

export const segmentAnswerSchema = segmentSummarySchema.extend({
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["text", "number", "boolean", "date", "list", "object"]),
    }),
  ),
  suggestedEmailField: z.string().optional(),
  rows: z.number(),
  emailField: z.string().optional(),
  suggestedMapping: fieldMappingSchema.optional(),
  members: z.number().optional(),
});

export function presentSegmentSummary(
  summary: SegmentSummary,
): z.infer<typeof segmentSummarySchema> {
  return segmentSummarySchema.parse(summary);
}

export function presentSegment(
  description: SegmentDescription,
): z.infer<typeof segmentAnswerSchema> {
  return segmentAnswerSchema.parse(description);
}
