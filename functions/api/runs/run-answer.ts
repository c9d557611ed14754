import { presentWaiting } from "../../../shared/domain/runs/lifecycle/waiting";
import { phasesOf } from "../../../shared/domain/runs/progress/run-phases";
import { paceOf, profilesOf, timeLeftOf } from "../../../shared/domain/runs/progress/run-progress";
import type { runAnswerSchema } from "../../../shared/contract/answers/run-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import { problem } from "../../../shared/domain/problems/problem";
import {
  isTerminal,
  plannedChunks,
  presentTrouble,
  type Run,
} from "../../../shared/domain/runs/run";

/** A run as it is shown at an instant. */
export function presentRun(run: Run, now: Date): GivenAnswer<typeof runAnswerSchema> {
  const { requestedAt, startedAt, endedAt, movedAt } = run;
  const waiting = waitingFor(run, now);
  return {
    ...run,
    readings: run.plan?.readings,
    segments: run.plan?.segments,
    subscriptions: run.subscribing?.numbers,
    ...(isTerminal(run.status) ? {} : { stopping: run.stop }),
    waiting,
    progress: {
      settledChunks: run.settledChunks,
      chunks: run.plan === undefined ? null : plannedChunks(run.plan),
      percent: percentOf(run),
      profiles: profilesOf(run) ?? null,
    },
    phases: phasesOf(run),
    pace: paceOf(run, now),
    timeLeft: timeLeftOf(run, now, waiting !== undefined),
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
  };
}

/** Why a run is not getting on. What AWS does not do is told first: without it, nobody else can be asked. */
function waitingFor(run: Run, now: Date): GivenAnswer<typeof runAnswerSchema>["waiting"] {
  const trouble = presentTrouble(run);
  if (trouble !== undefined) {
    const { since, what } = trouble;
    return { ...problem("awsUnavailable", { since, what }), for: "aws", since };
  }
  const waiting = presentWaiting(run, now);
  return waiting === undefined
    ? undefined
    : { ...waiting.problem, for: waiting.for, since: waiting.since, until: waiting.until };
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
