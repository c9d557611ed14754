import { DomainError } from "../problems/problem";

/** How large a segment may be. */
export interface SegmentLimits {
  /** Files with rows. */
  readonly files: number;
  /** Bytes of all files when they are unpacked. */
  readonly bytes: number;
  /** Rows of all files. */
  readonly rows: number;
  /** Columns of each CSV or Parquet file. */
  readonly columns: number;
}

/**
 * Far beyond what a list is made from; what is larger is a mistake or an attack, and would take the time and disk
 * that a preparation has.
 */
export const segmentLimits: SegmentLimits = {
  files: 10_000,
  bytes: 20_000_000_000,
  rows: 50_000_000,
  columns: 5_000,
};

/** Throws `segmentTooLarge` when there are more than the limit. */
export function requireWithinLimit<What extends keyof SegmentLimits>(
  segment: string,
  what: What,
  count: number,
  limits: Readonly<Record<What, number>> = segmentLimits,
): void {
  const limit = limits[what];
  if (count > limit) {
    throw new DomainError("segmentTooLarge", { segment, what, limit });
  }
}

/** Counts what is read of segments, over all their files. */
export interface SegmentSizes {
  /** Counts what was read of one of the segment's files. Throws `segmentTooLarge` when that is too much. */
  add(segment: string, what: "rows" | "bytes", count: number): void;
}

/** Nothing has been read yet; what is read twice needs sizes of its own for the second time. */
export function createSegmentSizes(limits = segmentLimits): SegmentSizes {
  const read = new Map<string, { rows: number; bytes: number }>();
  return {
    add(segment, what, count) {
      const size = read.get(segment) ?? { rows: 0, bytes: 0 };
      read.set(segment, size);
      size[what] += count;
      requireWithinLimit(segment, what, size[what], limits);
    },
  };
}
