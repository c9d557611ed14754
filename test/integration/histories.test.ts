import { describe, expect, it } from "@jest/globals";
import { makeHistory } from "../histories/history";
import { emptyHistoryTally, playHistory } from "../histories/play-history";

const firstSeed = Number(process.env["SEED"] ?? Date.now() % 1_000_000_000);

/** Histories that are begun, on a machine that is quick enough, and how long they are begun for. */
const MOST_HISTORIES = 36;
const MILLISECONDS = 30_000;

describe("random histories of segments: joins, leaves, refusals, failures, losses, cancels", () => {
  it(`end with a list that is the segment (SEED=${String(firstSeed)})`, async () => {
    const tally = emptyHistoryTally();
    const wrong: Record<string, string[]> = {};
    const begun = Date.now();
    for (
      let seed = firstSeed;
      seed < firstSeed + MOST_HISTORIES && Date.now() < begun + MILLISECONDS;
      seed += 1
    ) {
      const found = await playHistory(makeHistory(seed), tally);
      if (found.length > 0) {
        wrong[`npm run histories -- --count 1 --seed ${String(seed)}`] = found;
      }
    }

    expect(wrong).toEqual({});
    expect(tally.histories).toBeGreaterThan(0);
  }, 120_000);
});
