import * as z from "zod";
import { exportScheduleSchema, systemScheduleSettingsSchema } from "../../shared/domain/schedule";
import { schedulesApiDependencies } from "../../shared/dependencies";
import type { SchedulesApiDependencies } from "../../shared/use-cases/api-dependencies";
import { setExportSchedules } from "../../shared/use-cases/set-export-schedules";
import { getSystemSchedule, setSystemSchedule } from "../../shared/use-cases/system-schedule";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { ok } from "./answers/answer";
import { presentScheduledExport, presentSystemSchedule } from "./answers/schedule-answer";
import { idSchema, noBody, noParameters } from "./request-schemas";

/** Exports that one request may schedule: all of them are answered within the API's time. */
const MOST_EXPORTS = 100;

const exportIdsSchema = z
  .array(idSchema)
  .min(1)
  .max(MOST_EXPORTS)
  .refine((ids) => new Set(ids).size === ids.length, "an export is named twice");

/** The body of `PUT /export-schedules`. */
export const changeSchedulesBodySchema = z.discriminatedUnion("change", [
  z.strictObject({
    exportIds: exportIdsSchema,
    change: z.literal("replace"),
    schedule: exportScheduleSchema,
  }),
  z.strictObject({ exportIds: exportIdsSchema, change: z.literal("switchOn") }),
  z.strictObject({ exportIds: exportIdsSchema, change: z.literal("switchOff") }),
]);

/** Makes the function behind `/schedule` and the exports' schedules. */
export function createHandler(dependencies: SchedulesApiDependencies): ApiHandler {
  return createApi("schedulesApi", dependencies, {
    "GET /schedule": operation(
      { path: noParameters, query: noParameters, body: noBody },
      async ({ caller }) =>
        ok(presentSystemSchedule(await getSystemSchedule(dependencies, { caller }))),
    ),

    "PUT /schedule": operation(
      { path: noParameters, query: noParameters, body: systemScheduleSettingsSchema },
      async ({ caller, log, body }) =>
        ok(
          presentSystemSchedule(
            await setSystemSchedule({ ...dependencies, log }, { caller, schedule: body }),
          ),
        ),
    ),

    "PUT /export-schedules": operation(
      { path: noParameters, query: noParameters, body: changeSchedulesBodySchema },
      async ({ caller, log, body: { exportIds, ...change } }) => {
        const changed = await setExportSchedules(
          { ...dependencies, log },
          { caller, exportIds, change, fieldOf: (position) => `/exportIds/${position}` },
        );
        return ok({ items: changed.map(presentScheduledExport) });
      },
    ),

    "PUT /exports/{exportId}/schedule": operation(
      {
        path: z.strictObject({ exportId: idSchema }),
        query: noParameters,
        body: exportScheduleSchema,
      },
      async ({ caller, log, path: { exportId }, body }) => {
        const [changed] = await setExportSchedules(
          { ...dependencies, log },
          {
            caller,
            exportIds: [exportId],
            change: { change: "replace", schedule: body },
            action: "scheduleExport",
          },
        );
        return ok(changed === undefined ? {} : presentScheduledExport(changed));
      },
    ),
  });
}

export const handler = lazyHandler(() => createHandler(schedulesApiDependencies()));
