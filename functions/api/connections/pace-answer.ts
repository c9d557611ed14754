import type { paceAnswerSchema } from "../../../shared/contract/answers/pace-answer";
import type { GivenAnswer } from "../../../shared/contract/route-contract";
import { LISTS_A_DAY } from "../../../shared/domain/klaviyo/rate-limit";
import type { AccountPace, PacedRun } from "../../../shared/use-cases/connections/view-pace";

export function presentPace(pace: AccountPace): GivenAnswer<typeof paceAnswerSchema> {
  const holds = pace.calls.flatMap(({ heldUntil }) => heldUntil ?? []).sort();
  return {
    at: pace.at.toISOString(),
    calls: [...pace.calls],
    heldUntil: holds.at(-1),
    runs: pace.runs.map(presentRun),
    otherRuns: pace.otherRuns,
    limits: { profilesPerRun: pace.connection.profileLimit, listsPerDay: LISTS_A_DAY },
  };
}

function presentRun({ run, calls, nextCallAt, waiting }: PacedRun) {
  const { runId, exportId, status, phase, settings } = run;
  return {
    ...{ runId, exportId, exportName: settings.displayName, status, phase, calls },
    nextCallAt: nextCallAt?.toISOString(),
    waiting:
      waiting === undefined
        ? undefined
        : { for: waiting.for, since: waiting.since, code: waiting.problem.code },
  };
}
