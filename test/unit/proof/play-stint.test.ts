import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { kinds } from "../../proof/kinds";
import { playStint } from "../../proof/play-stint";

/** Ends with 1 where it draws from 5 and has its environment. */
const kind = {
  name: "example",
  command: (seed: number) => [
    "-e",
    `console.log("drew from", ${String(seed)}); process.exit(process.env.SEED === "5" && process.env.MANY === "yes" ? 1 : 0)`,
  ],
  environment: { MANY: "yes" },
};

describe("a stint of a proof", () => {
  it("is silent where all held", async () => {
    const shown: string[] = [];
    expect(await playStint(kind, 4, (text) => shown.push(text))).toBe(true);
    expect(shown).toEqual([]);
  });

  it("shows what the process wrote where something did not hold", async () => {
    const shown: string[] = [];
    expect(await playStint(kind, 5, (text) => shown.push(text))).toBe(false);
    expect(shown.join()).toContain("drew from 5");
  });
});

it("each kind starts files that are there", () => {
  for (const { name, command } of kinds) {
    const files = command(1).filter((argument) => path.isAbsolute(argument));
    expect({ name, files: files.length > 0 }).toEqual({ name, files: true });
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  }
});
