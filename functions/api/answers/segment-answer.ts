import type * as z from "zod";
import { segmentAnswerSchema, segmentSummarySchema } from "../../../shared/contract/segment-answer";
import type { SegmentDescription, SegmentSummary } from "../../../shared/domain/segment";

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
