import type { Problem } from "../../../domain/problems/problem";
import type { EndpointFamily } from "../../../domain/klaviyo/rate-limit";
import { removalGuard } from "../../../domain/runs/removal-guard";
import type { Klaviyo, KlaviyoResult, Preparation } from "../../../ports";
import { findOnList } from "../../klaviyo/find-on-list";
import type { PacedResult } from "../../klaviyo/paced-call";

/** Doubtful leavers that are looked up; some twenty calls. */
const MOST_LOOKED_UP = 2_000;

export interface GuardQuestion {
  readonly klaviyo: Pick<Klaviyo, "getListSize" | "listProfiles">;
  readonly apiKey: string;
  readonly listId: string;
  readonly preparation: Pick<Preparation, "numbers" | "doubtfulLeavers">;
  readonly leaving: number;
  /** Makes a call within the account's limits; `continues` when it finishes what an earlier one began. */
  readonly paced: <Value>(
    family: EndpointFamily,
    call: () => Promise<KlaviyoResult<Value>>,
    continues: boolean,
  ) => Promise<PacedResult<Value>>;
}

/**
 * Asks the removal guard, which goes by who would really go off the list as it is in Klaviyo. Some of those
 * who left were perhaps never on it: members that were not sent, or of which nobody knows what became of
 * them. They count too, unless the guard would hold for them alone; then those of them are counted that
 * Klaviyo finds on the list. If they are very many they are not looked up, and all of them count.
 */
export async function askRemovalGuard({
  klaviyo,
  apiKey,
  listId,
  preparation,
  leaving,
  paced,
}: GuardQuestion): Promise<PacedResult<Problem | undefined>> {
  const { members } = preparation.numbers;
  const size = await paced("getListSize", () => klaviyo.getListSize(apiKey, listId), false);
  if (!size.ok) {
    return size;
  }
  const judge = (going: number) => removalGuard({ members, leaving: going, listed: size.value });
  const held = judge(leaving);
  if (held === undefined || members === 0) {
    return { ok: true, value: held };
  }
  const doubtful = await preparation.doubtfulLeavers(MOST_LOOKED_UP + 1);
  const certain = leaving - doubtful.length;
  if (doubtful.length === 0 || doubtful.length > MOST_LOOKED_UP || judge(certain) !== undefined) {
    return { ok: true, value: held };
  }
  const found = await findOnList(doubtful, (emails, isFirst, after) =>
    paced("listProfiles", () => klaviyo.listProfiles(apiKey, listId, { emails, after }), !isFirst),
  );
  return found.ok ? { ok: true, value: judge(certain + found.value.size) } : found;
}
