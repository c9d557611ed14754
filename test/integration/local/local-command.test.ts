import { execFile } from "node:child_process";
import path from "node:path";
import { expect, test } from "@jest/globals";

const projectDirectory = path.resolve(__dirname, "../../..");

function local(...parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "infra/local/commands/local.ts", ...parameters],
      { cwd: projectDirectory },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test("--help says what there is", async () => {
  const { code, stdout } = await local("--help");
  expect(code).toBe(0);
  expect(stdout).toContain("--aws-endpoint URL");
});

test.each([
  [["--jsn"], "Unknown option '--jsn'"],
  [["--port", "many"], "--port takes a number from 0 to 65535, not many."],
  [["--aws-endpoint", "localhost"], "--aws-endpoint takes a URL, not localhost."],
])("%j is refused with a sentence that says why", async (parameters, message) => {
  const { code, stdout, stderr } = await local(...parameters);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});
