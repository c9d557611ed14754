import * as z from "zod";
import { exportScheduleSchema, systemScheduleSchema } from "../../domain/schedules/schedule";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** The system schedule as the API shows it. */
export const systemScheduleAnswerSchema = z
  .object({
    ...systemScheduleSchema.shape,
    ...peopleShape,
    version: z.number().int().positive(),
    /** Instants in UTC, earliest first; none while the schedule is not active. */
    nextRuns: z.array(z.iso.datetime()),
  })
  .register(componentSchemas, { id: "SystemSchedule" });

/** An export's schedule as the API shows it. */
export const scheduledExportAnswerSchema = z
  .object({
    exportId: z.string(),
    /** Of the export: its schedule is a part of it. */
    version: z.number().int().positive(),
    schedule: exportScheduleSchema,
    /** Null when the export does not run by itself. */
    nextRun: z.iso.datetime().nullable(),
  })
  .register(componentSchemas, { id: "ScheduledExport" });
