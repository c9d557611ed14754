import type { exportAnswerSchema } from "../../../shared/contract/answers/export-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import type { Export } from "../../../shared/domain/exports/export";
import type { ExportView } from "../../../shared/use-cases/exports/view-exports";

export function presentExport({
  export: shown,
  connection,
  permissions,
  nextRun,
  lastRun,
  waitingFor,
  overLimit,
  questions,
}: ExportView): GivenAnswer<typeof exportAnswerSchema> {
  return {
    ...shown,
    connectionId: shown.detached === undefined ? shown.connectionId : null,
    connection: connection ?? null,
    currentRunId: shown.currentRun?.runId,
    permissions,
    nextRun: nextRun?.toISOString() ?? null,
    lastRun: lastRun ?? null,
    waitingFor,
    overLimit,
    ...questions,
  };
}

/** An export's configuration as the audit log keeps it. */
export function auditedExport(shown: Export): object {
  const {
    snapshot: _confirmed,
    currentRun: _running,
    lastRunId: _last,
    following: _following,
    ...configuration
  } = shown;
  return configuration;
}
