import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { hint, howStarted, shellWord, startedAs } from "../../../../infra/cli/output/hints";
import { table } from "../../../../infra/cli/output/table";
import { paragraph } from "../../../../infra/cli/output/words";
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";

afterEach(() => startedAs("klaviyo-export"));

describe("a hint", () => {
  test("is what the reader's shell takes for the very words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
        (words) => {
          fc.pre(words.every((word) => !word.includes("\0")));
          const line = words.map(shellWord).join(" ");
          const said = execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
          expect(said).toBe(words.map((word) => `${word}\0`).join(""));
        },
      ),
      { numRuns: 40 },
    );
  });

  test.each([
    [{ npm_command: "exec" }, "/clone/infra/cli/bin.mjs", "npx klaviyo-export"],
    [{}, "/clone/infra/cli/bin.mjs", "npx klaviyo-export"],
    [{}, "/usr/local/bin/klaviyo-export", "klaviyo-export"],
    [{ KLAVIYO_EXPORT_COMMAND: "klaviyo-export" }, "/clone/infra/cli/bin.mjs", "klaviyo-export"],
  ])("begins as the command was started: %j %s", (env, script, command) => {
    startedAs(howStarted(env, script));
    expect(hint("runs", "start", "Winter sale")).toBe(`${command} runs start "Winter sale"`);
  });

  test("is not broken where lines are", () => {
    const command = hint("exports", "schedule", "A rather long name of an export", "--system");
    expect(paragraph(`Nothing has been scheduled yet. Do it with: ${command}`, 40)).toBe(
      `Nothing has been scheduled yet. Do it\nwith:\n  ${command}`,
    );
  });
});

test("a table fits 80 columns by going without what is dispensable, and breaks between words only", () => {
  const rows = [
    {
      name: "Newsletter for everybody who bought in the winter sale",
      id: "01M84KSTQVRD05QHBZK6VTEBKV",
    },
    { name: "Short", id: "01M84M0Z6D1X4T8Q2V9B7C3N5E" },
  ];
  const text = table(
    { colors: pc.createColors(false), columns: 80 },
    [
      { title: "EXPORT", value: ({ name }) => name },
      { title: "SEGMENTS", value: () => "customers, visitors and friends of the house" },
      { title: "LAST RUN (UTC)", value: () => "successful, 2026-11-02 08:00" },
      { title: "ID", value: ({ id }) => id, dispensable: true },
    ],
    rows,
    "",
  );
  const lines = text.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines[0]).not.toContain("ID");
  for (const word of "Newsletter for everybody who bought in the winter sale".split(" ")) {
    expect(lines.some((line) => line.split(/\s+/).includes(word))).toBe(true);
  }
});

test("ids and states stay whole, and names of several words break between these, in no colour's marks", () => {
  const colors = pc.createColors(true);
  const text = table(
    { colors, columns: 60 },
    [
      { title: "RUN", value: () => "01M84KSTQVRD05QHBZK6VTEBKV", whole: true },
      { title: "ACTION", value: () => colors.yellow("downloadRejections") },
      { title: "OUTCOME", value: () => "succeeded (completedWithWarnings)" },
    ],
    [{}],
    "",
  );
  const lines = stripVTControlCharacters(text)
    .split("\n")
    .map((line) => line.trim().split(/\s{2,}/));
  expect(lines[1]?.slice(0, 2)).toEqual(["01M84KSTQVRD05QHBZK6VTEBKV", "download"]);
  expect(lines[2]?.[0]).toBe("Rejections");
  expect(lines.flat()).toContain("Warnings)");
  expect(
    Math.max(
      ...stripVTControlCharacters(text)
        .split("\n")
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(60);

  const twoIds = table(
    { colors: pc.createColors(false), columns: 40 },
    [
      {
        title: "RUN",
        value: () => "01M84KSTQVRD05QHBZK6VTEBKV-01M84M0Z6D1X4T8Q2V9B7C3N5E",
        whole: true,
      },
    ],
    [{}],
    "",
  );
  expect(twoIds.split("\n").slice(1)).toEqual([
    "01M84KSTQVRD05QHBZK6VTEBKV-",
    "01M84M0Z6D1X4T8Q2V9B7C3N5E",
  ]);
});

test("a word that is longer than there is room goes on in the next line, and a sentence keeps its room", () => {
  const text = table(
    { colors: pc.createColors(false), columns: 80 },
    [
      { title: "FILE", value: () => "customers.csv" },
      { title: "ROW", value: () => "1234567", align: "right" },
      { title: "EMAIL", value: () => `${"carla".repeat(10)}@long.subdomain.example.org` },
      { title: "WHY", value: () => "holds no valid phone number there", breaksDownTo: 24 },
    ],
    [{}],
    "",
  );
  const lines = text.split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(text).toContain("1234567");
  expect(text).toMatch(/holds no valid phone$/m);
});

test("what stands in place of an empty table is broken between words, and its command stays whole", () => {
  const none = `There is nothing that you may see here. Administrators make one with: ${hint("connections", "create")}`;
  const text = table({ colors: pc.createColors(false), columns: 40 }, [], [], none);
  expect(text.split("\n").at(-1)).toBe(`  ${hint("connections", "create")}`);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(40);
});
