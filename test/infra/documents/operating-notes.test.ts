import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { alarmNotes } from "../../../infra/commands/alarm-table";

test("the operating notes tell of every alarm what it means and what to do, as the stack has it", () => {
  const notes = readFileSync(path.join(__dirname, "../../../infra/README.md"), "utf8");
  const [, table = ""] = /<!-- alarms:.*?-->([^]*?)<!-- end of alarms -->/.exec(notes) ?? [];
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  expect(rows.length).toBeGreaterThan(0);
  // If this fails: npx tsx infra/commands/alarm-table.ts && npm run format
  expect(rows).toEqual(
    alarmNotes().map(({ name, impact, action }) => [`\`${name}\``, impact, action]),
  );
});
