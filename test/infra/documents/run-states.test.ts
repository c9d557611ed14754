import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { describeRunStates } from "../../../infra/commands/run-states";

test("docs/runs.md shows the states and transitions of a run as they are (npm run diagram)", () => {
  // Formatting pads the tables' columns.
  const unpadded = (text: string): string => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
  const document = unpadded(readFileSync("docs/runs.md", "utf8"));

  expect(document).toContain(unpadded(describeRunStates()));
});
