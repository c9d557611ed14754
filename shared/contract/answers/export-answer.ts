import * as z from "zod";
import { exportPermissions } from "../../domain/access/access-table";
import { connectionSchema } from "../../domain/connections/connection";
import { exportSchema, exportSettingsSchema } from "../../domain/exports/export";
import { mappingQuestionSchema } from "../../domain/exports/mapping-questions";
import { runSchema } from "../../domain/runs/run";
import { segmentWaitSchema } from "../../domain/schedules/refresh-decision";
import { exportScheduleSchema } from "../../domain/schedules/schedule";
import { segmentNameSchema } from "../../domain/segments/segment";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** The run that was last attempted or is going, in short; `/runs/{runId}` shows it whole. */
const lastRunAnswerSchema = runSchema.pick({
  runId: true,
  trigger: true,
  status: true,
  phase: true,
  requestedAt: true,
  startedAt: true,
  endedAt: true,
  problem: true,
});

/** An export as the API shows it; the settings lie at the top, as they are sent to change it. */
export const exportAnswerSchema = z
  .object({
    ...exportSchema.pick({
      exportId: true,
      listName: true,
      version: true,
      lastRunId: true,
      createdAt: true,
      createdBy: true,
      updatedAt: true,
      updatedBy: true,
      detached: true,
    }).shape,
    ...exportSettingsSchema.shape,
    ...peopleShape,
    /** Null while the export is detached. */
    connectionId: exportSettingsSchema.shape.connectionId.nullable(),
    /** The connection used; null when there is none, or when it is not shared with the caller. */
    connection: connectionSchema.pick({ displayName: true, type: true }).nullable(),
    currentRunId: z.string().optional(),
    schedule: exportScheduleSchema,
    /** When the export runs next by itself; null when it does not. */
    nextRun: z.iso.datetime().nullable(),
    /**
     * What an export waits for that follows its segments' refreshes, as it was found last, up to a minute ago; empty
     * when it is about to run. Absent when it does not follow them.
     */
    waitingFor: z.array(segmentWaitSchema).readonly().optional(),
    /** Whichever way it was started; null when there is none, or none that is kept. */
    lastRun: lastRunAnswerSchema.nullable(),
    /**
     * What the mapping has to say of fields whose values can be read in several ways, as the segments were when they
     * were last described; until it does, a run leaves these values out. Not in lists.
     */
    unclear: z.array(mappingQuestionSchema).readonly().optional(),
    /** Segments that nobody has described lately, whose fields may be unclear too. Not in lists. */
    undescribed: z.array(segmentNameSchema).readonly().optional(),
    /**
     * Segments that alone have more members than the connection's profile limit, as they were last described: runs are
     * skipped. Not in lists.
     */
    overLimit: z
      .array(z.object({ segment: z.string(), members: z.number() }))
      .readonly()
      .optional(),
    /** What the caller may do with the export. */
    permissions: z.array(z.enum(exportPermissions)),
  })
  .register(componentSchemas, { id: "Export" });
