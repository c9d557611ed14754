import type { AnswerOf } from "../../client/operations";

/** The API's answers by the names that commands know them by. */

type WholeConnection = AnswerOf<"createConnection">;
/** Contributors are shown name and type alone. */
export type ConnectionAnswer = Pick<WholeConnection, "connectionId" | "displayName" | "type"> &
  Partial<Omit<WholeConnection, "connectionId" | "displayName" | "type">>;
export type PaceAnswer = AnswerOf<"viewPace">;
export type AuditAnswer = AnswerOf<"viewAudit">["items"][number];
export type ListAnswer = AnswerOf<"viewKlaviyoList">;
export type ExportAnswer = AnswerOf<"viewExport">;
export type RunAnswer = AnswerOf<"viewRun">;
export type PreviewAnswer = AnswerOf<"viewPreview">;
export type SystemScheduleAnswer = AnswerOf<"viewSchedule">;
export type SegmentSettingsAnswer = AnswerOf<"viewSegmentSettings">;
export type SegmentAnswer = AnswerOf<"viewSegment">;
export type SourceAnswer = AnswerOf<"viewSource">;
