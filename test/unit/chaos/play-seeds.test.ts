import { expect, it } from "@jest/globals";
import { conclude, playSeeds } from "../../chaos/play-seeds";

/** What the command prints and its exit code, when these seeds go wrong in these ways. */
async function command(wrong: Readonly<Record<number, () => readonly string[]>>) {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line.replace(/ +\d+\.\d s {2}/, " "));
  const play = async (seed: number) => wrong[seed]?.() ?? [];
  const failed = await playSeeds({ first: 7, count: 3, play, print });
  return { code: conclude(failed, print), lines };
}

it("ends well when every seed has gone well", async () => {
  expect(await command({})).toEqual({ code: 0, lines: ["seed 7 ok", "seed 8 ok", "seed 9 ok"] });
});

it("ends with 1 when a seed has gone wrong, however it did, plays the others, and says how to repeat it", async () => {
  const broken = () => {
    throw new Error("not all runs have ended");
  };

  expect(await command({ 7: () => ["the list lacks a member"], 8: broken })).toEqual({
    code: 1,
    lines: [
      ...["seed 7 WRONG", "    the list lacks a member"],
      ...["seed 8 WRONG", "    Error: not all runs have ended"],
      "seed 9 ok",
      "\nTo repeat: npm run chaos -- --seeds 1 --seed 7",
      "\nTo repeat: npm run chaos -- --seeds 1 --seed 8",
    ],
  });
});
