import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const projectDirectory = path.resolve(__dirname, "../../..");

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as a script starts it: with settings of its own, and nobody at the terminal. */
export interface Cli {
  (
    args: readonly string[],
    options?: { input?: string; env?: NodeJS.ProcessEnv },
  ): Promise<CliResult>;
  readonly settings: string;
}

export function createCli(env: NodeJS.ProcessEnv = {}): Cli {
  const settings = mkdtempSync(path.join(os.tmpdir(), "klaviyo-export-test-"));
  const cli = (
    args: readonly string[],
    { input = "", env: more = {} }: { input?: string; env?: NodeJS.ProcessEnv } = {},
  ): Promise<CliResult> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [path.join(projectDirectory, "infra/cli/bin.mjs"), ...args],
        {
          env: { PATH: process.env["PATH"], KLAVIYO_EXPORT_CONFIG_DIR: settings, ...env, ...more },
          maxBuffer: 10_000_000,
        },
        (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
      child.stdin!.end(input);
    });
  return Object.assign(cli, { settings });
}
