import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

/** What the function that prepares is given at most. */
export const MEMORY_MEGABYTES = 4096;

/** Larger files say nothing that the whole runs don't. */
export const MOST_ROWS = 1_000_000;

/** What test/bench/preparing/prepare.ts prints for a file. */
const preparedSchema = z.object({
  prepareSeconds: z.number(),
  stageSeconds: z.number(),
  peakResidentMegabytes: z.number(),
});

/** How long preparing took up to what is to be sent, and the most memory of its process. */
interface PreparedFile {
  readonly seconds: number;
  readonly peakResidentMegabytes: number;
}

/**
 * Prepares a generated file in a process of its own, so that its peak is its own.
 *
 * @param fields what is mapped, as test/bench/preparing/prepare.ts names it. @default the email only
 */
export async function prepareFile({
  rows,
  format,
  fields = "email",
}: {
  readonly rows: number;
  readonly format: string;
  readonly fields?: "email" | "full";
}): Promise<PreparedFile> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--import", "tsx", path.join(__dirname, "prepare.ts")],
    ...["--rows", String(rows), "--formats", format, "--fields", fields],
    ...["--memory", String(MEMORY_MEGABYTES)],
  ]);
  const found = preparedSchema.parse(JSON.parse(stdout));
  return {
    seconds: found.prepareSeconds + found.stageSeconds,
    peakResidentMegabytes: found.peakResidentMegabytes,
  };
}
