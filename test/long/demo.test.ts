import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "@jest/globals";
import { npmRun } from "../support/commands/npm-run";

it("npm run demo ends with a code and a sentence when the field is missing", async () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), "demo-test-"));
  const file = path.join(directory, "fields.csv");
  writeFileSync(file, "Name,Mail\nAnn,ann@example.org\n");

  const { code, stdout } = await npmRun("demo", "--file", file, "--email", "Email", "--json");

  rmSync(directory, { recursive: true });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: "failed",
    list: { members: 0 },
    klaviyo: { importJobs: 0 },
    problem: { code: "fieldMissing", message: expect.stringContaining("Mail") },
  });
});
