import { sourceOfSegment } from "../sources/source-names";
import type { SegmentFile, SegmentSummary } from "./segment";

/** What is known of a segment without reading its files; undefined when it has none. */
export function summaryOf(
  segment: string,
  files: readonly SegmentFile[],
): SegmentSummary | undefined {
  if (files.length === 0) {
    return undefined;
  }
  return {
    name: segment,
    source: sourceOfSegment(segment).sourceId,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    refreshedAt: new Date(
      Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime())),
    ).toISOString(),
  };
}
