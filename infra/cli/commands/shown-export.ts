import type { ExportSchedule } from "../../../shared/domain/schedules/schedule";
import type { ExportAnswer } from "../api/answers";
import type { Api } from "../api/api";
import type { CommandContext } from "../command-context";
import { describeExport } from "../output/exports";

export function showExport(context: CommandContext, shown: ExportAnswer): void {
  context.show(shown, (value) => describeExport(context.terminal, value));
}

/** The export with another schedule, as it is then. */
export async function rescheduled(
  api: Api,
  present: ExportAnswer,
  schedule: ExportSchedule,
): Promise<ExportAnswer> {
  const { exportId, version } = present;
  await api.scheduleExport({ path: { exportId }, ifMatch: version, body: schedule });
  return api.viewExport({ path: { exportId } });
}
