import type { Problem } from "../../../domain/problems/problem";
import { removalGuard } from "../../../domain/runs/removal-guard";
import type { Preparation } from "../../../ports";
import type { CallResult } from "../../klaviyo/call-result";
import { findOnList } from "../../klaviyo/find-on-list";
import type { KlaviyoClient } from "../../klaviyo/klaviyo-client";

/** Doubtful leavers that are looked up; some twenty calls. */
const MOST_LOOKED_UP = 2_000;

export interface GuardQuestion {
  readonly klaviyo: Pick<KlaviyoClient, "getListSize" | "listProfiles" | "calling">;
  readonly listId: string;
  readonly preparation: Pick<Preparation, "numbers" | "doubtfulLeavers">;
  readonly leaving: number;
}

/**
 * Asks the removal guard, which goes by who would really go off the list as it is in Klaviyo. Some of those
 * who left were perhaps never on it: members that were not sent, or of which nobody knows what became of
 * them. They count too, unless the guard would hold for them alone; then those of them are counted that
 * Klaviyo finds on the list. If they are very many they are not looked up, and all of them count.
 */
export async function askRemovalGuard({
  klaviyo,
  listId,
  preparation,
  leaving,
}: GuardQuestion): Promise<CallResult<Problem | undefined>> {
  const { members } = preparation.numbers;
  const size = await klaviyo.getListSize(listId);
  if (size.kind !== "done") {
    return size;
  }
  const judge = (going: number) => removalGuard({ members, leaving: going, listed: size.value });
  const held = judge(leaving);
  if (held === undefined || members === 0) {
    return { kind: "done", value: held };
  }
  const doubtful = await preparation.doubtfulLeavers(MOST_LOOKED_UP + 1);
  const certain = leaving - doubtful.length;
  if (doubtful.length === 0 || doubtful.length > MOST_LOOKED_UP || judge(certain) !== undefined) {
    return { kind: "done", value: held };
  }
  const found = await findOnList(klaviyo, listId, doubtful);
  return found.kind === "done" ? { kind: "done", value: judge(certain + found.value.size) } : found;
}
