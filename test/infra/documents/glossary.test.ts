import { describe, expect, it } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(__dirname, "../../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** The rows of the glossary's table. */
const entries = read("docs/glossary.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (Word|---)/.test(line))
  .map((line) => {
    const [, word = "", place = "", , others = ""] = line.split("|").map((cell) => cell.trim());
    const [name = "", file = ""] = [...place.matchAll(/`([^`]+)`/g)].map(
      ([, quoted = ""]) => quoted,
    );
    return {
      word,
      name,
      file,
      others: [...others.matchAll(/`(\w+)`/g)].map(([, other = ""]) => other),
    };
  });

const code = execFileSync(
  "git",
  [
    "ls-files",
    "--cached",
    "--others",
    "--exclude-standard",
    "functions/**/*.ts",
    "infra/**/*.ts",
    "shared/**/*.ts",
  ],
  { cwd: root, encoding: "utf8" },
)
  .split("\n")
  .filter((file) => file !== "");

describe("the glossary", () => {
  it("has the words of the system, each once and in their order", () => {
    const words = entries.map(({ word }) => word);
    expect(words).toEqual(
      expect.arrayContaining(["account", "chunk", "export", "run", "snapshot"]),
    );
    expect(words).toEqual(
      words.toSorted((one, other) => sortKey(one).localeCompare(sortKey(other))),
    );
    expect(new Set(words).size).toBe(words.length);
  });

  it.each(entries)("says where $word is in the code", ({ name, file }) => {
    expect(read(file)).toMatch(new RegExp(`\\b(const|type|interface|function) ${name}\\b`));
  });

  const others = entries.flatMap(({ word, others }) => others.map((other) => ({ word, other })));

  it("names words that would mean the same", () => {
    expect(others.length).toBeGreaterThan(5);
  });

  it.each(others)("keeps the code from saying $other for $word", ({ other }) => {
    const [initial = "", rest] = [other[0], other.slice(1)];
    const said = new RegExp(`[${initial.toLowerCase()}${initial.toUpperCase()}]${rest}(?![a-z])`);
    const found = code.filter((file) => said.test(read(file)));
    expect(found).toEqual([]);
  });
});

function sortKey(word: string): string {
  return word.replace(/^to /, "");
}
