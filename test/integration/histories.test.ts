import { describe, expect, it } from "@jest/globals";
import { makeHistory } from "../histories/history";
import { playHistory } from "../histories/play-history";
import { emptyHistoryTally, type HistoryTally } from "../histories/tally";

/** Few seeds whose histories hold, together, all that histories are about: each thing in two of them at least. */
const FIXED_SEEDS = [3_006, 3_018, 3_025, 3_055, 3_111];

async function playAll(
  seeds: Iterable<number>,
): Promise<{ tally: HistoryTally; wrong: Record<string, string[]> }> {
  const tally = emptyHistoryTally();
  const wrong: Record<string, string[]> = {};
  for (const seed of seeds) {
    const found = await playHistory(makeHistory(seed), tally);
    if (found.length > 0) {
      wrong[`npm run histories -- --count 1 --seed ${String(seed)}`] = found;
    }
  }
  return { tally, wrong };
}

describe("random histories of segments: joins, leaves, changes, refusals, failures, losses, moves", () => {
  it("hold all that histories are about, and end with a list that is the segment", async () => {
    const { tally, wrong } = await playAll(FIXED_SEEDS);

    expect(wrong).toEqual({});
    const { deadLetters: _rare, ...frequent } = tally;
    for (const [what, times] of Object.entries(frequent)) {
      expect({ what, happened: times > 0 }).toEqual({ what, happened: true });
    }
    // The members' content changes, and yet not everybody is sent each time.
    expect(tally.unchanged).toBeGreaterThan(tally.histories);
  }, 120_000);
});
