import * as z from "zod";
import { fieldReadingSchema } from "../../domain/cells/column-habit";
import { problemSchema } from "../../domain/problems/problem";
import { runSchema } from "../../domain/runs/run";

import { runOptionsSchema } from "../../domain/runs/run-options";
import { waitedForSchema } from "../../domain/runs/lifecycle/waiting";
import { phaseSpanSchema } from "../../domain/runs/progress/run-phases";
import {
  profileProgressSchema,
  runPaceSchema,
  timeLeftSchema,
} from "../../domain/runs/progress/run-progress";
import { subscriptionNumbersSchema } from "../../domain/exports/subscription";
import { pinnedSegmentSchema } from "../../domain/segments/refresh";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** A run as the API shows it. */
export const runAnswerSchema = z
  .object({
    ...runSchema.pick({
      runId: true,
      exportId: true,
      trigger: true,
      requestedBy: true,
      scheduledFor: true,
      status: true,
      phase: true,
      settings: true,
      numbers: true,
      removals: true,
      problem: true,
      warnings: true,
    }).shape,
    ...runOptionsSchema.shape,
    ...peopleShape,
    /** How the segments' columns were found to be written, where that decided how they were read. */
    readings: z.array(fieldReadingSchema).optional(),
    /** The refreshes that were read, in the segments' order; absent until they are. */
    segments: z.array(pinnedSegmentSchema).optional(),
    /** Of a run that subscribes, once it has found whom. */
    subscriptions: subscriptionNumbersSchema.optional(),
    /** Why the run sends nothing more, while it is still going. */
    stopping: problemSchema.optional(),
    /** What keeps the run from getting on just now, while it is going. */
    waiting: problemSchema
      .extend({
        /** Who has to do their part first. */
        for: waitedForSchema,
        since: z.iso.datetime(),
        /** When the run is given up at the latest, if nothing changes; absent where AWS is waited for. */
        until: z.iso.datetime().optional(),
      })
      .optional(),
    progress: z.object({
      /** Chunks whose fate is known. */
      settledChunks: z.number(),
      /** Null until the segments have been read. */
      chunks: z.number().nullable(),
      /** Whole percents of the chunks; 100 only when the run has done its work. */
      percent: z.number().int().min(0).max(100),
      /** Null until the segments have been read. */
      profiles: profileProgressSchema.nullable(),
    }),
    phases: z
      .array(phaseSpanSchema)
      .describe(
        "When each phase that the run has come to began and ended. Chunks are confirmed while others are pushed; the other phases follow each other",
      ),
    pace: runPaceSchema
      .optional()
      .describe("While profiles are sent and confirmed, once it can be measured"),
    timeLeft: timeLeftSchema.optional().describe("Absent when nothing can be said"),
    timings: z.object({
      requestedAt: z.string(),
      startedAt: z.string().optional(),
      endedAt: z.string().optional(),
      movedAt: z.string(),
      /** From the request to the end. */
      seconds: z.number().optional(),
    }),
    links: z.object({
      self: z.string(),
      export: z.string(),
      /** Present when there is a rejection report. */
      rejections: z.string().optional(),
    }),
  })
  .register(componentSchemas, { id: "Run" });

/** Links to a run's rejection report and, where profiles went without values, to the report of these. */
export const rejectionsAnswerSchema = z
  .object({ url: z.url(), droppedValues: z.url().optional(), expiresAt: z.iso.datetime() })
  .register(componentSchemas, { id: "RejectionsLink" });

/** The runs that are about to start; they exist moments later. */
export const requestedRunsAnswerSchema = z
  .object({ items: z.array(z.object({ exportId: z.string(), runId: z.string() })) })
  .register(componentSchemas, { id: "RequestedRuns" });
