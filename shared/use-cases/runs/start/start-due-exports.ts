import type { DueMessage } from "../../../domain/runs/messages";
import { hasSlot } from "../../../domain/schedules/recurrence";
import { recurrenceOf, scheduledRunId } from "../../../domain/schedules/schedule";
import type { Log, StartQueue, StartRequest } from "../../../ports";
import { everyPage } from "../../../domain/paging/every-page";
import { keepTimetable, type KeepTimetableDependencies } from "../../schedules/keep-timetable";

export interface StartDueExportsDependencies extends KeepTimetableDependencies {
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
  const { exports, settings, starts, log } = dependencies;
  const instant = new Date(scheduledFor);
  const system = await settings.getSystemSchedule();
  const due: StartRequest[] = [];
  for await (const { exportId, connectionId, schedule } of everyPage((page) =>
    exports.list(page),
  )) {
    if (hasSlot(recurrenceOf(schedule, system), slot)) {
      due.push({
        exportId,
        connectionId,
        runId: scheduledRunId(exportId, instant),
        scheduledFor: instant.toISOString(),
      });
    }
  }
  await starts.start(due);
  log.info("dueExportsStarted", { exports: due.length, scheduledFor });
  if (due.length === 0) {
    // Nobody may need the slot any more, such as after its export was deleted.
    await keepTimetable(dependencies, [slot]);
  }
}
