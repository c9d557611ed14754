import * as z from "zod";
import { problemSchema } from "../../../shared/domain/problem";
import { isTerminal, plannedChunks, runSchema, type Run } from "../../../shared/domain/run";

/** A run as the API shows it. */
export const runAnswerSchema = z.object({
  ...runSchema.pick({
    runId: true,
    exportId: true,
    trigger: true,
    mode: true,
    allowMassRemoval: true,
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
  /** Why the run sends nothing more, while it is still going. */
  stopping: problemSchema.optional(),
  progress: z.object({
    /** Chunks whose fate is known. */
    settledChunks: z.number(),
    /** Null until the segments have been read. */
    chunks: z.number().nullable(),
    /** Whole percents of the chunks; 100 only when the run has done its work. */
    percent: z.number().int().min(0).max(100),
  }),
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
});
export type RunAnswer = z.infer<typeof runAnswerSchema>;

export function presentRun(run: Run): RunAnswer {
  const { requestedAt, startedAt, endedAt, movedAt } = run;
  return runAnswerSchema.parse({
    ...run,
    ...(isTerminal(run.status) ? {} : { stopping: run.stop }),
    progress: {
      settledChunks: run.settledChunks,
      chunks: run.plan === undefined ? null : plannedChunks(run.plan),
      percent: percentOf(run),
    },
    timings: {
      requestedAt,
      startedAt,
      endedAt,
      movedAt,
      ...(endedAt === undefined
        ? {}
        : { seconds: (Date.parse(endedAt) - Date.parse(requestedAt)) / 1_000 }),
    },
    links: {
      self: `/runs/${run.runId}`,
      export: `/exports/${run.exportId}`,
      ...(run.report === undefined ? {} : { rejections: `/runs/${run.runId}/rejections` }),
    },
  });
}

function percentOf({ status, settledChunks, plan }: Run): number {
  if (status === "successful" || status === "completedWithWarnings") {
    return 100;
  }
  const chunks = plan === undefined ? 0 : plannedChunks(plan);
  const settled = chunks === 0 ? 0 : Math.floor((settledChunks / chunks) * 100);
  // When the last chunk has settled, the report and the snapshot are still to be written.
  return isTerminal(status) ? settled : Math.min(settled, 99);
}
