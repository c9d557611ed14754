import type { ApiSchemas } from "../../client/client";

/** The API's answers by the names that commands know them by. */

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
  /** Ids of what is stored in a form that can't be read any more; administrators are told. */
  readonly unreadable?: readonly string[] | undefined;
}
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
