import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A commit, checked out beside this one with packages of its own. */
interface Checkout {
  readonly directory: string;
  readonly commit: string;
  /** Leaves nothing of it. */
  remove(): Promise<void>;
}

/**
 * Checks a commit out into a directory of its own and installs its packages.
 *
 * @throws when there is no such commit, or its packages can't be installed
 */
export async function checkOut(ref: string, repository: string): Promise<Checkout> {
  const git = async (...parameters: string[]): Promise<string> =>
    (await run("git", ["-C", repository, ...parameters])).stdout.trim();
  const commit = await git("rev-parse", "--verify", "--end-of-options", `${ref}^{commit}`).catch(
    () => {
      throw new Error(`There is no commit ${ref}.`);
    },
  );
  const parent = await mkdtemp(path.join(os.tmpdir(), "bench-"));
  const directory = path.join(parent, "checkout");
  const remove = async (): Promise<void> => {
    await git("worktree", "remove", "--force", directory).catch(() => undefined);
    await rm(parent, { recursive: true, force: true });
    await git("worktree", "prune");
  };
  try {
    await git("worktree", "add", "--detach", directory, commit);
    await run("npm", ["ci", "--prefer-offline", "--no-audit", "--no-fund"], {
      cwd: directory,
      maxBuffer: 100_000_000,
    });
    return { directory, commit, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
