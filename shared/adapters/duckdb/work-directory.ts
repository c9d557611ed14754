import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A directory of one invocation. File names in it are given by this code, never by users. */
export interface WorkDirectory {
  readonly path: string;
  /** A path that was not handed out before. */
  newFile(extension: string): string;
  remove(): Promise<void>;
}

/** @param parent where to make it; the system's directory for temporary files by default */
export async function createWorkDirectory(parent: string = tmpdir()): Promise<WorkDirectory> {
  const path = await mkdtemp(join(parent, "segment-export-"));
  let files = 0;
  return {
    path,
    newFile: (extension) => join(path, `${++files}.${extension}`),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
