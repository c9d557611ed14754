import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { cliReference } from "../../../../infra/cli/reference";

const file = path.resolve(__dirname, "../../../../infra/cli/README.md");

test("the command line's reference says what its definitions say (npm run cli-reference)", () => {
  // Formatting pads the tables' columns.
  const unpadded = (text: string): string => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");

  expect(unpadded(readFileSync(file, "utf8"))).toBe(unpadded(cliReference()));
});
