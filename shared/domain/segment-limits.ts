import { DomainError } from "./problem";

/**
 * How large a segment may be. Far beyond what a list is made from; what is larger is a mistake or an attack, and
 * would take the time and disk that a preparation has.
 */
export const segmentLimits = {
  /** Files with rows. */
  files: 10_000,
  /** Bytes of one file when it is unpacked. */
  bytes: 20_000_000_000,
  /** Rows of one file. */
  rows: 50_000_000,
  /** Columns of a CSV or Parquet file. */
  columns: 5_000,
} as const;

/** Throws `segmentTooLarge` when there are more than the limit. */
export function requireWithinLimit(
  segment: string,
  what: keyof typeof segmentLimits,
  count: number,
): void {
  const limit = segmentLimits[what];
  if (count > limit) {
    throw new DomainError("segmentTooLarge", { segment, what, limit });
  }
}
