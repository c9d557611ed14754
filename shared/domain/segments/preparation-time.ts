import { DomainError } from "../problems/problem";
import type { SegmentFile } from "./segment";

/** How a file is written, as far as it makes a difference to how long its bytes take. */
type Writing = "plain" | "packed" | "jsonLines" | "parquet";

/**
 * For how many bytes of plain CSV one byte counts: by what `npm run bench -- --only formats` took for the same rows,
 * rounded to the quick side. What is refused for it could surely not be prepared.
 */
const weights: Record<Writing, number> = { plain: 1, packed: 2.5, jsonLines: 0.4, parquet: 2 };

/** Kept of an invocation for what comes after the preparation. */
const AFTER_PREPARATION_MILLISECONDS = 60_000;

/** By the file's name, which is all that is known before it is opened. */
function writingOf(name: string): Writing {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  switch (ending) {
    case "gz":
    case "zst":
    case "zip":
      return "packed";
    case "ndjson":
    case "jsonl":
    case "json":
      return "jsonLines";
    case "parquet":
      return "parquet";
    default:
      return "plain";
  }
}

/** The least that preparing these files takes, in milliseconds. */
export function leastPreparationMilliseconds(
  files: readonly Pick<SegmentFile, "name" | "bytes">[],
  megabytesPerSecond: number,
): number {
  const bytes = files.reduce((sum, file) => sum + file.bytes * weights[writingOf(file.name)], 0);
  return bytes / (megabytesPerSecond * 1_000);
}

/**
 * How many milliseconds an invocation that ends at the deadline has to prepare these files. Throws `preparationTooLong`
 * when they can't be prepared in them.
 */
export function timeToPrepare(
  files: readonly Pick<SegmentFile, "name" | "bytes">[],
  deadline: Date,
  {
    clock,
    megabytesPerSecond,
  }: { readonly clock: { now(): Date }; readonly megabytesPerSecond: number },
): number {
  const milliseconds = deadline.getTime() - clock.now().getTime() - AFTER_PREPARATION_MILLISECONDS;
  if (leastPreparationMilliseconds(files, megabytesPerSecond) > milliseconds) {
    throw preparationTooLong(files, milliseconds);
  }
  return milliseconds;
}

/** That files were not prepared within so many milliseconds, or can't be. */
export function preparationTooLong(
  files: readonly Pick<SegmentFile, "bytes">[],
  milliseconds: number,
): DomainError {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return new DomainError("preparationTooLong", {
    megabytes: Math.ceil(bytes / 1_000_000),
    minutes: Math.round(milliseconds / 60_000),
  });
}
