import * as z from "zod";

const failureSchema = z.object({ message: z.string() });

/**
 * What DuckDB (1.5) says of a Parquet file that is damaged, or is none, or has other columns: the kinds of its
 * errors, as messages begin with them. It gives them no code. Found by damaging files at random.
 */
const KINDS: readonly string[] = [
  "Binder Error:",
  "Conversion Error:",
  "Invalid Error:",
  "Invalid Input Error:",
  "Serialization Error:",
];

/** The file says that it is longer than it is; other errors of input and output are the disk's. */
const CUT_OFF = "IO Error: Could not read enough bytes from file";

/**
 * Whether DuckDB failed because of what is in a file, which fails in the same way whenever it is read. All
 * else, such as want of memory or disk, may pass, and so does what is not known here: taking a file for
 * damaged that isn't loses what it holds.
 */
export function isDamage(error: unknown): boolean {
  const message = failureSchema.safeParse(error).data?.message;
  if (message === undefined || message.includes("bad_alloc")) {
    return false;
  }
  return message.startsWith(CUT_OFF) || KINDS.some((kind) => message.startsWith(kind));
}
