import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";

const root = path.resolve(__dirname, "../../..");

test("docs/commands.md has a row for each script of package.json, and for no other", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const page = readFileSync(path.join(root, "docs/commands.md"), "utf8");
  const rows = [...page.matchAll(/^\| `npm (?:run (?:--silent )?)?([\w:-]+)[^`]*` +\|/gm)];

  expect(rows.map(([, script]) => script).sort()).toEqual(Object.keys(scripts).sort());
});
