import { describe, expect, it } from "@jest/globals";
import { prove, type Player, type Stint } from "../../proof/prove";

/** Plays kinds whose stints take so long, by a clock of their own; the seeds given do not hold. */
async function play(
  lengths: Readonly<Record<string, number>>,
  milliseconds: number,
  wrong: readonly number[] = [],
): Promise<{ played: Stint[]; failed: Stint[] }> {
  let time = 0;
  const played: Stint[] = [];
  const players = Object.entries(lengths).map(([name, length]): Player => ({
    name,
    play: async (seed) => {
      time += length;
      return !wrong.includes(seed);
    },
  }));
  const failed = await prove(players, {
    ...{ milliseconds, seed: 100, now: () => time },
    report: (stint) => played.push(stint),
  });
  return { played, failed };
}

describe("a proof", () => {
  it("gives each kind about the same time, however long its stints are", async () => {
    const { played } = await play({ long: 40, short: 10 }, 200);
    const times = (name: string): number => played.filter((stint) => stint.name === name).length;
    expect(times("long")).toBe(3);
    expect(times("short")).toBe(8);
  });

  it("plays each kind once, however little time it is given", async () => {
    const { played } = await play({ one: 10, two: 10, three: 10 }, 0);
    expect(played.map(({ name }) => name)).toEqual(["one", "two", "three"]);
  });

  it("draws from a new seed in each stint", async () => {
    const { played } = await play({ one: 10, two: 10 }, 60);
    expect(played.map(({ seed }) => seed)).toEqual([100, 101, 102, 103, 104, 105]);
  });

  it("goes on after a failure, and says which stints to repeat", async () => {
    const { played, failed } = await play({ one: 10, two: 10 }, 40, [101]);
    expect(failed).toEqual([{ name: "two", seed: 101 }]);
    expect(played).toHaveLength(4);
  });
});
