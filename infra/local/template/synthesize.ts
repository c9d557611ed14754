import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { sourceHash } from "./source-hash";

const projectDirectory = path.resolve(__dirname, "../../..");
// Another environment may still be running from an older one.
const assembliesKept = 3;

/**
 * The cloud assembly of the stage `local`, functions bundled. It is synthesized when there is none
 * of the present sources yet: that takes many times as long as starting the environment.
 *
 * @param parent the directory that assemblies are kept in. @default `cdk.out/local`
 * @throws what the app throws, for instance on a finding of its checks.
 */
export async function synthesizedAssembly(
  parent = path.join(projectDirectory, "cdk.out", "local"),
): Promise<string> {
  const directory = path.join(parent, sourceHash(projectDirectory));
  if (existsSync(directory)) {
    const now = new Date();
    utimesSync(directory, now, now);
    return directory;
  }
  mkdirSync(parent, { recursive: true });
  // Made aside and then renamed: whoever sees the directory sees all of it.
  const unfinished = mkdtempSync(path.join(parent, "unfinished-"));
  try {
    await synthesize(unfinished);
    renameSync(unfinished, directory);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(directory)) throw error;
  }
  removeOldest(parent);
  return directory;
}

async function synthesize(outdir: string): Promise<void> {
  const script = path.join(__dirname, "synthesize-process.ts");
  try {
    await promisify(execFile)(process.execPath, ["--import", "tsx", script, outdir], {
      cwd: projectDirectory,
    });
  } catch (error) {
    const output = z.object({ stderr: z.string() }).safeParse(error);
    throw new Error(
      `The stack could not be synthesized.\n${output.success ? output.data.stderr.trim() : String(error)}`,
      { cause: error },
    );
  }
}

function removeOldest(parent: string): void {
  const newestFirst = readdirSync(parent)
    .filter((name) => !name.startsWith("unfinished-"))
    .map((name) => path.join(parent, name))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  for (const directory of newestFirst.slice(assembliesKept)) {
    rmSync(directory, { recursive: true, force: true });
  }
}
