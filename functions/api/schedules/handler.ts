import { schedulesContract } from "../../../shared/contract/schedules";
import {
  setExportSchedule,
  setExportSchedules,
} from "../../../shared/use-cases/schedules/set-export-schedules";
import {
  getSystemSchedule,
  setSystemSchedule,
} from "../../../shared/use-cases/schedules/system-schedule";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";

import { presentScheduledExport, presentSystemSchedule } from "./schedule-answer";
import type { SchedulesApiDependencies } from "./dependencies";
import { schedulesApiDependencies } from "./wiring";

/** Makes the function behind `/schedule` and the exports' schedules. */
export function createHandler(dependencies: SchedulesApiDependencies): ApiHandler {
  return createApi("schedulesApi", schedulesContract, dependencies, {
    "GET /schedule": async ({ caller }) =>
      presentSystemSchedule(await getSystemSchedule(dependencies, { caller })),

    "PUT /schedule": async ({ caller, log, note, ifMatch, body }) => {
      const view = await setSystemSchedule(
        { ...dependencies, log },
        { caller, schedule: body, version: ifMatch },
      );
      note({ after: body });
      return presentSystemSchedule(view);
    },

    "PUT /export-schedules": async ({ caller, log, body: { exportIds, ...change } }) => {
      const changed = await setExportSchedules(
        { ...dependencies, log },
        { caller, exportIds, change, fieldOf: (position) => `/exportIds/${position}` },
      );
      return { items: changed.map(presentScheduledExport) };
    },

    "PUT /exports/{exportId}/schedule": async ({
      caller,
      log,
      note,
      path: { exportId },
      ifMatch,
      body,
    }) => {
      const changed = await setExportSchedule(
        { ...dependencies, log },
        { caller, exportId, schedule: body, version: ifMatch },
      );
      note({ after: { schedule: body } });
      return presentScheduledExport(changed);
    },
  });
}

export const handler = lazyHandler(() => createHandler(schedulesApiDependencies()));
