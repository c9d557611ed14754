import { problem, type Problem } from "../../../domain/problems/problem";
import type { Run } from "../../../domain/runs/run";
import type { Waiting } from "../../../domain/runs/lifecycle/waiting";
import type { NotDone } from "../../klaviyo/call-result";

/** What keeps a run from being prepared. */
export type Hindrance =
  | { kind: "ended"; problem: Problem }
  /**
   * Klaviyo can't be asked now, or a segment is not whole yet; `until` when it is known from when on it can be. `advanced` when this attempt
   * got on, so that it does not count as one that failed.
   */
  | {
      kind: "putOff";
      waitsFor: Waiting["for"];
      problem: Problem;
      until?: Date;
      advanced?: true;
    };

/** How long preparing waits for one call to Klaviyo. */
export const PREPARING_PATIENCE = { milliseconds: 60_000 };

/**
 * What a call that was not done means for the run that is being prepared. All that is asked for here is the run's
 * list, so what is not found is that, and the run ends before anything is sent; pushing has to find out whether it is.
 */
export function hindranceOf(
  { settings: { listId } }: Pick<Run, "settings">,
  result: NotDone,
): Hindrance {
  switch (result.kind) {
    case "later":
      // When Klaviyo itself asks for patience, its word is doubted more with each attempt.
      return {
        kind: "putOff",
        waitsFor: "klaviyo",
        problem: result.problem,
        ...(result.by === "limiter" ? { until: result.at } : {}),
      };
    case "faulty":
      return { kind: "putOff", waitsFor: "klaviyo", problem: result.problem };
    case "hopeless":
      return { kind: "ended", problem: result.problem };
    case "refused":
      return {
        kind: "ended",
        problem: result.as === "notFound" ? problem("listNotFound", { listId }) : result.problem,
      };
  }
}
