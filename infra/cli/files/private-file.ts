import { randomUUID } from "node:crypto";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { getSystemErrorMap } from "node:util";
import * as z from "zod";
import { Failure } from "../failure";

const systemErrorSchema = z.object({ errno: z.number(), syscall: z.string() });

/**
 * Writes a file that its owner alone can read. It is written beside and moved into place: whatever breaks off
 * leaves the old file, and a file that others could read is replaced by one that they can't. What is no file,
 * such as a pipe, is written into. Throws what the content throws, and what the file system does.
 */
export async function writePrivateFile(
  file: string,
  content: string | AsyncIterable<Uint8Array>,
): Promise<void> {
  const present = await stat(file).catch(() => undefined);
  if (present !== undefined && !present.isFile()) {
    await writeFile(file, content);
    return;
  }
  // What a link points to is replaced, not the link.
  const target = present === undefined ? file : await realpath(file);
  const beside = `${target}.${randomUUID()}`;
  try {
    await writeFile(beside, content, { mode: 0o600, flag: "wx" });
    // The mode above is narrowed further by some users' umask.
    await chmod(beside, 0o600);
    await rename(beside, target);
  } finally {
    await rm(beside, { force: true });
  }
}

/** As {@link writePrivateFile}, for a file that a user named: throws `Failure` that says what to do. */
export async function writeNamedFile(
  file: string,
  content: string | AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    await writePrivateFile(file, content);
  } catch (error) {
    const ofSystem = systemErrorSchema.safeParse(error).data;
    if (ofSystem === undefined) {
      throw error;
    }
    // The system's own text would name the file beside.
    const [, reason = "unknown"] = getSystemErrorMap().get(ofSystem.errno) ?? [];
    throw new Failure({
      code: "fileNotWritten",
      message: `${file} can't be written: ${reason}. Give another path, or make its folder first.`,
      exit: "invalid",
    });
  }
}
