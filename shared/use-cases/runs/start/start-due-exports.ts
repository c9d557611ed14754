import type { DueMessage } from "../../../domain/runs/messages";
import { scheduledRunId } from "../../../domain/schedules/schedule";
import type { Log, StartQueue } from "../../../ports";
import { dueExports, type DueExportsDependencies } from "../../schedules/due-exports";
import { keepTimetable, type KeepTimetableDependencies } from "../../schedules/keep-timetable";

export interface StartDueExportsDependencies
  extends DueExportsDependencies, KeepTimetableDependencies {
  readonly exports: DueExportsDependencies["exports"] & KeepTimetableDependencies["exports"];
  readonly settings: DueExportsDependencies["settings"];
  readonly starts: StartQueue;
  readonly log: Log;
}

/**
 * Sends a start for every export that is due at a slot, as its schedule is now. Each start is a message of
 * its own, so that none waits for another or fails with it. Safe to repeat: the runs' ids follow from export
 * and instant.
 */
export async function startDueExports(
  dependencies: StartDueExportsDependencies,
  { slot, scheduledFor }: DueMessage,
): Promise<void> {
  const { starts, log } = dependencies;
  const instant = new Date(scheduledFor);
  const due = (await dueExports(dependencies, slot)).map(({ exportId, connectionId }) => ({
    exportId,
    connectionId,
    runId: scheduledRunId(exportId, instant),
    scheduledFor: instant.toISOString(),
  }));
  await starts.start(due);
  log.info("dueExportsStarted", { exports: due.length, scheduledFor });
  if (due.length === 0) {
    // Nobody may need the slot any more, such as after its export was deleted.
    await keepTimetable(dependencies, [slot]);
  }
}
