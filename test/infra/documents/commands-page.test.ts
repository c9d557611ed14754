import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";

const root = path.resolve(__dirname, "../../..");
const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const page = readFileSync(path.join(root, "docs/commands.md"), "utf8");
const listed = [...page.matchAll(/^\| `npm (?:run (?:--silent )?)?([\w:-]+)[^`]*` +\|/gm)].map(
  ([, script = ""]) => script,
);

test("docs/commands.md names scripts that are there, each once", () => {
  expect(listed.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  expect(listed).toEqual([...new Set(listed)]);
});

test("docs/commands.md names each script, but for those that are parts of one that it names", () => {
  const partOfOther = (script: string): boolean => listed.includes(script.split(":")[0] ?? "");
  const missing = Object.keys(scripts).filter((script) => !listed.includes(script));
  expect(missing.filter((script) => !partOfOther(script))).toEqual([]);
});
