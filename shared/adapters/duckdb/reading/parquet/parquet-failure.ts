import * as z from "zod";
import type { SegmentFile } from "../../../../domain/segments/segment";
import { isDamage } from "../damaged-file";
import { segmentUnreadable } from "../opened-file";

const failureSchema = z.object({ message: z.string() });

/**
 * Runs a query over a Parquet file; what DuckDB can't read of it becomes `segmentUnreadable`. Want of memory or
 * disk is no fault of the file, and stays what it is.
 */
export async function readingParquet<Result>(
  file: SegmentFile,
  query: () => Promise<Result>,
): Promise<Result> {
  try {
    return await query();
  } catch (error) {
    const message = failureSchema.safeParse(error).data?.message;
    const reason = message === undefined ? undefined : reasonOf(message, error);
    // DuckDB's own message may quote what it read.
    throw reason === undefined ? error : segmentUnreadable(file, reason);
  }
}

/** By the messages of DuckDB 1.5, which gives its errors no code. */
function reasonOf(message: string, error: unknown): string | undefined {
  const codec = /Unsupported compression codec "(\w+)"/.exec(message)?.[1];
  if (codec !== undefined) {
    // Parquet has two codecs of that name; the older one, of Hadoop's frames, is the one without a suffix.
    const name = codec === "LZ4" ? "LZ4 in the frames of Hadoop" : codec;
    return `its Parquet data is compressed with ${name}, which is not read (Snappy, Zstandard, gzip and LZ4_RAW are)`;
  }
  if (message.includes("is not valid UTF8")) {
    return "a column that is needed holds text that is not UTF-8";
  }
  if (/encrypted/i.test(message)) {
    return "its Parquet data is encrypted";
  }
  if (!isDamage(error)) {
    return message.startsWith("Not implemented Error:") ? NOT_READ : undefined;
  }
  // What is bound has been described by the same DuckDB before: it is of a kind that it can't work with.
  return /^(?:Binder|Conversion) Error:/.test(message) && !message.includes("Failed to read")
    ? NOT_READ
    : "its Parquet data is damaged or cut off";
}

const NOT_READ = "it uses a part of the Parquet format that is not read";
