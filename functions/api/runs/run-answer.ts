import type { runAnswerSchema } from "../../../shared/contract/answers/run-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import { problem, type Problem } from "../../../shared/domain/problems/problem";
import {
  isTerminal,
  plannedChunks,
  presentTrouble,
  type Run,
} from "../../../shared/domain/runs/run";

export function presentRun(run: Run): GivenAnswer<typeof runAnswerSchema> {
  const { requestedAt, startedAt, endedAt, movedAt } = run;
  return {
    ...run,
    readings: run.plan?.readings,
    segments: run.plan?.segments,
    subscriptions: run.subscribing?.numbers,
    ...(isTerminal(run.status) ? {} : { stopping: run.stop }),
    waiting: waitingFor(run),
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
  };
}

/** Why a run is not getting on, if that is AWS's trouble. */
function waitingFor(run: Run): Problem | undefined {
  const trouble = presentTrouble(run);
  return trouble === undefined
    ? undefined
    : problem("awsUnavailable", { since: trouble.since, what: trouble.what });
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
