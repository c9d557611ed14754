import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";

const projectDirectory = path.resolve(__dirname, "../../../..");

test("the command line's reference says what its definitions say (npm run cli-reference)", () => {
  const file = path.join(projectDirectory, "infra/cli/README.md");
  const made = execFileSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "-e",
      'import("./infra/cli/reference.ts").then(async ({ cliReference }) => process.stdout.write(await require("prettier").format(cliReference(), { parser: "markdown", printWidth: 100 })))',
    ],
    { cwd: projectDirectory, encoding: "utf8" },
  );
  expect(readFileSync(file, "utf8")).toBe(made);
});
