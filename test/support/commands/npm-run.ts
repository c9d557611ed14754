import { execFile } from "node:child_process";
import path from "node:path";

const projectDirectory = path.resolve(__dirname, "../../..");

/** Runs a command of the project to its end, as its users start it. */
export function npmRun(
  name: string,
  ...parameters: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      "npm",
      ["run", "--silent", name, "--", ...parameters],
      { cwd: projectDirectory, maxBuffer: 10_000_000 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}
