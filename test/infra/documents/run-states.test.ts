import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { describeRunStates } from "../../../infra/commands/run-states";
import { unpadded } from "../../support/files/unpadded";

test("docs/runs.md shows the states and transitions of a run as they are (npm run diagram)", () => {
  const document = unpadded(readFileSync("docs/runs.md", "utf8"));

  expect(document).toContain(unpadded(describeRunStates()));
});
