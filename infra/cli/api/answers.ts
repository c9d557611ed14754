import type { AuditEntry } from "../../../shared/domain/audit";
import type { Connection, ConnectionState } from "../../../shared/domain/connection";
import type { ExportSettings } from "../../../shared/domain/export";
import type { Problem } from "../../../shared/domain/problem";
import type { Run } from "../../../shared/domain/run";
import type { ExportSchedule, SystemSchedule } from "../../../shared/domain/schedule";
import type { SegmentDescription, SegmentSummary } from "../../../shared/domain/segment";

export interface Page<Item> {
  readonly items: Item[];
  readonly next?: string;
}
/** Contributors are shown name and type alone. */
export type ConnectionAnswer = Pick<Connection, "connectionId" | "displayName" | "type"> &
  Partial<
    Omit<Connection, "keyFinding" | "secretArn"> & {
      state: ConnectionState;
      stateFoundAt: string;
      problem: Problem;
      ownSecretArn: string;
    }
  >;
export interface ListAnswer {
  readonly id: string;
  readonly name: string;
}
export type ExportAnswer = Omit<ExportSettings, "connectionId"> & {
  exportId: string;
  connectionId: string | null;
  version: number;
  connection: { displayName: string; type: string } | null;
  schedule: ExportSchedule;
  nextRun: string | null;
  currentRunId?: string;
  lastRunId?: string;
  lastRun: { runId: string; status: string; requestedAt: string; problem?: Problem } | null;
  permissions: string[];
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
};
export type RunAnswer = Pick<
  Run,
  | "runId"
  | "exportId"
  | "trigger"
  | "mode"
  | "requestedBy"
  | "status"
  | "phase"
  | "numbers"
  | "problem"
  | "warnings"
  | "settings"
  | "scheduledFor"
> & {
  stopping?: Problem;
  progress: { settledChunks: number; chunks: number | null; percent: number };
  timings: { requestedAt: string; startedAt?: string; endedAt?: string; seconds?: number };
  links: { rejections?: string };
};
export type SystemScheduleAnswer = SystemSchedule & { nextRuns: string[] };
export type { AuditEntry, SegmentDescription, SegmentSummary };
