import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { cliReference } from "../../../../infra/cli/reference";
import { unpadded } from "../../../support/files/unpadded";

const file = path.resolve(__dirname, "../../../../infra/cli/README.md");

test("the command line's reference says what its definitions say (npm run cli-reference)", () => {
  expect(unpadded(readFileSync(file, "utf8"))).toBe(unpadded(cliReference()));
});
