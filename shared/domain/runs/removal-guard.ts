import { problem, type Problem } from "../problems/problem";

/** Of a list's profiles, the whole percents that one run may take off it without being told that it may. */
const MOST_REMOVED_PERCENT = 30;

export interface IntendedRemoval {
  /** Valid members of the segments. */
  readonly members: number;
  /** Profiles that the run would take off the list. */
  readonly leaving: number;
  /** Profiles on the list, as Klaviyo counts them. */
  readonly listed: number;
}

/**
 * What keeps a run from taking people off the list, if anything does, unless a person said for that run
 * that it may: more than 30 % of the list would go, or the segments hold no valid member at all, which is
 * rather a refresh gone wrong than everybody's leaving. There is no floor below which it lets go: on a small
 * list a few people are as large a share as they look.
 */
export function removalGuard({ members, leaving, listed }: IntendedRemoval): Problem | undefined {
  if (leaving === 0 || (members > 0 && leaving * 100 <= listed * MOST_REMOVED_PERCENT)) {
    return undefined;
  }
  // Rows of a snapshot may be of people who are on the list no more, so more may be leaving than are listed.
  const percent = listed === 0 ? 100 : Math.min(100, Math.ceil((leaving / listed) * 100));
  return problem("removalGuard", { leaving, listed, percent });
}
