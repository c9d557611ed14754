import type * as z from "zod";
import {
  segmentAnswerSchema,
  segmentSettingsAnswerSchema,
  segmentSummarySchema,
} from "../../../shared/contract/answers/segment-answer";
import type { SegmentDescription, SegmentSummary } from "../../../shared/domain/segments/segment";
import type { SegmentSettings } from "../../../shared/domain/segments/segment-settings";

export function presentSegmentSummary(
  summary: SegmentSummary,
): z.infer<typeof segmentSummarySchema> {
  return segmentSummarySchema.parse(summary);
}

export function presentSegment(
  description: SegmentDescription & { readonly settings?: SegmentSettings },
): z.infer<typeof segmentAnswerSchema> {
  return segmentAnswerSchema.parse(description);
}

export function presentSegmentSettings(
  settings: SegmentSettings,
): z.infer<typeof segmentSettingsAnswerSchema> {
  return segmentSettingsAnswerSchema.parse(settings);
}
