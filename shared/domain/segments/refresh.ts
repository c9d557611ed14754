import * as z from "zod";
import type { Problem } from "../problems/problem";
import type { SegmentFile } from "./segment";

/**
 * How it is known that a refresh is whole. `proven`: what its writer left says so (a marker, a manifest). `settled`:
 * nothing says so, but nothing has changed for some minutes. `unknown`: its newest file is younger than that.
 */
const completenessSchema = z.enum(["proven", "settled", "unknown"]);
export type Completeness = z.infer<typeof completenessSchema>;

/** Minutes without a change after which files without a marker count as settled. */
export const STILL_AFTER_MINUTES = 5;

/** One refresh of a segment, whose files belong together. */
export interface SegmentRefresh {
  readonly segment: string;
  /** When it was written: its newest file, or its marker. */
  readonly refreshedAt: Date;
  readonly completeness: Completeness;
  /** In the order that decides which of several rows with the same email is used; never none. */
  readonly files: readonly SegmentFile[];
}

/** What there is of a segment just now. */
export type SegmentPin =
  | { readonly kind: "ready"; readonly refresh: SegmentRefresh }
  /** A refresh is under way, or broke off: `segmentUnfinished`. */
  | { readonly kind: "unfinished"; readonly problem: Problem }
  /** There is no such segment, or it has no files. */
  | { readonly kind: "missing" };

/** What a run or a preview read of one segment, as it is stored and shown. */
export const pinnedSegmentSchema = z.object({
  segment: z.string(),
  refreshedAt: z.iso.datetime(),
  completeness: completenessSchema,
  files: z.number().int().positive(),
});
export type PinnedSegment = z.infer<typeof pinnedSegmentSchema>;

export function pinnedSegment({
  segment,
  refreshedAt,
  completeness,
  files,
}: SegmentRefresh): PinnedSegment {
  return {
    segment,
    refreshedAt: refreshedAt.toISOString(),
    completeness,
    files: files.length,
  };
}
