import { describe, expect, it } from "@jest/globals";
import { makeHistory } from "../histories/history";
import { playHistory } from "../histories/play-history";
import { emptyHistoryTally, type HistoryTally } from "../histories/tally";

const randomSeed = Number(process.env["SEED"] ?? Date.now() % 1_000_000_000);

/** Seeds whose histories hold, together, all that histories are about. */
const FIXED_SEEDS = Array.from({ length: 12 }, (_, index) => 2_000 + index);

/** Histories of random seeds that are begun, on a machine that is quick enough, and for how long. */
const MOST_HISTORIES = 24;
const MILLISECONDS = 8_000;

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

function* seedsWhileTimeIsLeft(): Iterable<number> {
  const begun = Date.now();
  for (let played = 0; played < MOST_HISTORIES; played += 1) {
    if (played > 0 && Date.now() > begun + MILLISECONDS) {
      return;
    }
    yield randomSeed + played;
  }
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

  it(`end with a list that is the segment, whatever the seed (SEED=${String(randomSeed)})`, async () => {
    const { wrong } = await playAll(seedsWhileTimeIsLeft());

    expect(wrong).toEqual({});
  }, 120_000);
});
