import * as z from "zod";
import { isTerminal, plannedChunks, type Run, type RunPlan } from "../run";
import { profilesOf } from "./run-progress";

/** The phases of a run as they are shown to people, in their order. */
const shownPhases = [
  "queued",
  "preparing",
  "pushing",
  "confirming",
  "removing",
  "settling",
  "subscribing",
] as const;

/** When a phase of a run began, and when it ended; it is going while there is no end. */
export const phaseSpanSchema = z.object({
  phase: z.enum(shownPhases),
  from: z.iso.datetime(),
  until: z.iso.datetime().optional(),
});
export type PhaseSpan = z.infer<typeof phaseSpanSchema>;

/**
 * The phases that a run has come to. Chunks are confirmed while others are pushed, so that these two overlap; the
 * others follow each other. A phase is left out where it is not known when it began: older versions did not keep it.
 */
export function phasesOf(run: Run): PhaseSpan[] {
  const { requestedAt, startedAt, subscribingAt, plan } = run;
  const spans: (PhaseSpan | undefined)[] = [
    span(run, "queued", requestedAt, startedAt),
    span(run, "preparing", startedAt, plan && plannedInstant(run, plan)),
    ...(plan === undefined ? [] : chunkPhases(run, plan)),
    span(run, "subscribing", subscribingAt, undefined),
  ];
  return spans.filter((found) => found !== undefined);
}

function chunkPhases(run: Run, plan: RunPlan): (PhaseSpan | undefined)[] {
  const { firstSentAt, lastSentAt, settledAt, removingAt, subscribingAt } = run;
  const chunks = plan.chunkSizes.length;
  const planned = plannedInstant(run, plan);
  const imported = run.settledChunks - run.settledRemovals >= chunks;
  const areAllSettled = run.settledChunks >= plannedChunks(plan);
  const importedAt = imported ? (removingAt ?? settledAt) : undefined;
  const { sent = 0, toSend = 0 } = profilesOf(run) ?? {};
  return [
    ...(chunks === 0
      ? []
      : [
          span(
            run,
            "pushing",
            planned,
            imported || sent >= toSend ? (lastSentAt ?? importedAt) : undefined,
          ),
          span(run, "confirming", firstSentAt, importedAt),
        ]),
    span(run, "removing", removingAt, areAllSettled ? settledAt : undefined),
    ...(areAllSettled && plan.end === undefined
      ? [
          span(
            run,
            "settling",
            settledAt ?? (plannedChunks(plan) === 0 ? planned : undefined),
            subscribingAt,
          ),
        ]
      : []),
  ];
}

/** Runs that an older version planned know when their rows were staged, if that. */
function plannedInstant({ plannedAt }: Run, { stagedAt }: RunPlan): string | undefined {
  return plannedAt ?? stagedAt;
}

/** What is going on when the run ends, ends with it. */
function span(
  { status, endedAt }: Run,
  phase: PhaseSpan["phase"],
  from: string | undefined,
  until: string | undefined,
): PhaseSpan | undefined {
  const end = until ?? (isTerminal(status) ? endedAt : undefined);
  return from === undefined ? undefined : { phase, from, until: end };
}
