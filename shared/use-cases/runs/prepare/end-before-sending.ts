import { problem, type Problem } from "../../../domain/problems/problem";
import { statusOfProblem, type Run, type RunPlan } from "../../../domain/runs/run";
import type { Preparation } from "../../../ports";
import type { PlannedRemoval } from "./plan-removal";

/** The end of a run whose rows say that nothing is to be sent. */
export function endBeforeSending(
  run: Pick<Run, "settings">,
  { rows, members }: Preparation["numbers"],
  { leaving, held }: Pick<PlannedRemoval, "leaving" | "held">,
  profileLimit: number,
): RunPlan["end"] {
  const found = (): Problem | undefined => {
    if (members > profileLimit) {
      return problem("overProfileLimit", { members, limit: profileLimit });
    }
    if (held !== undefined || leaving > 0) {
      // Without members, whoever may be removed is: the guard has been asked.
      return held;
    }
    if (rows === 0) {
      return problem("segmentEmpty");
    }
    if (members === 0) {
      return problem("noValidEmail", { rows, field: run.settings.mapping.email });
    }
    return undefined;
  };
  const reason = found();
  return reason === undefined
    ? undefined
    : { status: statusOfProblem(reason.code), problem: reason };
}
