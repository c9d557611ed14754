import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of one invocation. File names in it are given by this code, never by users. */
export interface WorkDirectory {
  readonly path: string;
  /** A path that was not handed out before. */
  newFile(extension: string): string;
  remove(): Promise<void>;
}

const PREFIX = "segment-export-work-";

/** Those of this process that are not removed yet. */
const inUse = new Set<string>();

/** @param parent where to make it; the system's directory for temporary files by default */
export async function createWorkDirectory(parent?: string): Promise<WorkDirectory> {
  if (parent === undefined && isAlone()) {
    await removeLeftovers(tmpdir());
  }
  const path = await mkdtemp(join(parent ?? tmpdir(), PREFIX));
  inUse.add(path);
  let files = 0;
  return {
    path,
    newFile: (extension) => join(path, `${++files}.${extension}`),
    remove: async () => {
      await rm(path, { recursive: true, force: true });
      inUse.delete(path);
    },
  };
}

/** On Lambda nobody else writes to the disk; elsewhere others may be at work beside us. */
function isAlone(): boolean {
  return process.env["AWS_LAMBDA_FUNCTION_NAME"] !== undefined;
}

/**
 * Removes the directories that this process doesn't use: Lambda's disk outlives an invocation that crashed or
 * ran out of time, and what that left is in the way of the next.
 */
export async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const path = join(parent, name);
    if (name.startsWith(PREFIX) && !inUse.has(path)) {
      await rm(path, { recursive: true, force: true });
    }
  }
}
