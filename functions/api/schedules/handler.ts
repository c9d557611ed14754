import { schedulesContract } from "../../../shared/contract/schedules";
import { schedulesApiDependencies } from "./wiring";
import type { SchedulesApiDependencies } from "../../../shared/use-cases/api-dependencies";
import { setExportSchedules } from "../../../shared/use-cases/schedules/set-export-schedules";
import {
  getSystemSchedule,
  setSystemSchedule,
  type SystemScheduleView,
} from "../../../shared/use-cases/schedules/system-schedule";
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import type { ApiResult } from "../../middleware/api-event";
import { lazyHandler } from "../../middleware/lazy-handler";
import { ok, versioned } from "../../middleware/answer";
import { presentScheduledExport, presentSystemSchedule } from "./schedule-answer";

/** Makes the function behind `/schedule` and the exports' schedules. */
export function createHandler(dependencies: SchedulesApiDependencies): ApiHandler {
  return createApi("schedulesApi", dependencies, {
    "GET /schedule": operation(schedulesContract["GET /schedule"], async ({ caller }) =>
      shown(await getSystemSchedule(dependencies, { caller })),
    ),

    "PUT /schedule": operation(
      schedulesContract["PUT /schedule"],
      async ({ caller, log, note, ifMatch, body }) => {
        const view = await setSystemSchedule(
          { ...dependencies, log },
          { caller, schedule: body, version: ifMatch },
        );
        note({ after: body });
        return shown(view);
      },
    ),

    "PUT /export-schedules": operation(
      schedulesContract["PUT /export-schedules"],
      async ({ caller, log, body: { exportIds, ...change } }) => {
        const changed = await setExportSchedules(
          { ...dependencies, log },
          { caller, exportIds, change, fieldOf: (position) => `/exportIds/${position}` },
        );
        return ok({ items: changed.map(presentScheduledExport) });
      },
    ),

    "PUT /exports/{exportId}/schedule": operation(
      schedulesContract["PUT /exports/{exportId}/schedule"],
      async ({ caller, log, note, path: { exportId }, ifMatch, body }) => {
        const [changed] = await setExportSchedules(
          { ...dependencies, log },
          {
            caller,
            exportIds: [exportId],
            change: { change: "replace", schedule: body },
            action: "scheduleExport",
            version: ifMatch,
          },
        );
        note({ after: { schedule: body } });
        return changed === undefined
          ? ok({})
          : versioned(ok(presentScheduledExport(changed)), changed);
      },
    ),
  });
}

function shown(view: SystemScheduleView): ApiResult {
  return versioned(ok(presentSystemSchedule(view)), view.schedule);
}

export const handler = lazyHandler(() => createHandler(schedulesApiDependencies()));
