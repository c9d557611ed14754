import { problem, type Problem } from "../../../domain/problems/problem";
import type { Run } from "../../../domain/runs/run";
import type { ConnectionStore, KlaviyoFailure, SecretStore } from "../../../ports";
import { isKeyReplaced } from "../../klaviyo/connection-findings";
import { problemOfFailure, type Destination } from "../../klaviyo/run-destination";

/** What keeps a run from being prepared. */
export type Hindrance =
  | { kind: "ended"; problem: Problem }
  /**
   * Klaviyo can't be asked now; `until` when it is known from when on it can be. `advanced` when this attempt
   * got on, so that it does not count as one that failed.
   */
  | { kind: "putOff"; problem: Problem; until?: Date; advanced?: true };

/** How long preparing waits for one call to Klaviyo. */
export const PATIENCE_MILLISECONDS = 60_000;

/** What a failed call to Klaviyo means for the run that is being prepared. */
export async function hindranceOf(
  dependencies: {
    readonly connections: Pick<ConnectionStore, "get">;
    readonly secrets: Pick<SecretStore, "read">;
  },
  { settings: { listId } }: Pick<Run, "settings">,
  destination: Destination,
  failure: KlaviyoFailure | { kind: "tooLate"; at: Date },
): Promise<Hindrance> {
  switch (failure.kind) {
    case "notFound":
      return { kind: "ended", problem: problem("listNotFound", { listId }) };
    case "throttled":
    case "unavailable":
      return { kind: "putOff", problem: problemOfFailure(failure) };
    case "tooLate": {
      const reason = "its rate limit is used up";
      return {
        kind: "putOff",
        problem: problem("klaviyoUnavailable", { reason }),
        until: failure.at,
      };
    }
    case "keyRefused":
    case "scopesMissing":
      return {
        kind: (await isKeyReplaced(dependencies, destination)) ? "putOff" : "ended",
        problem: problemOfFailure(failure),
      };
    case "invalid":
    case "forbidden":
      return { kind: "ended", problem: problemOfFailure(failure) };
  }
}
