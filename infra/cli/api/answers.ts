import type { ApiSchemas } from "../../client/client";

/** The API's answers by the names that commands know them by. */

/** Contributors are shown name and type alone. */
export type ConnectionAnswer = ApiSchemas["ConnectionSummary"] &
  Partial<Omit<ApiSchemas["Connection"], keyof ApiSchemas["ConnectionSummary"]>>;
export type AuditAnswer = ApiSchemas["AuditEntry"];
export type ListAnswer = ApiSchemas["KlaviyoList"];
export type ExportAnswer = ApiSchemas["Export"];
export type RunAnswer = ApiSchemas["Run"];
export type PreviewAnswer = ApiSchemas["Preview"];
export type SystemScheduleAnswer = ApiSchemas["SystemSchedule"];
export type SegmentSettingsAnswer = ApiSchemas["SegmentSettings"];
export type SegmentAnswer = ApiSchemas["Segment"];
