import type { Caller } from "../../domain/access/identity";
import { pinnedSegment, type PinnedSegment } from "../../domain/segments/refresh";
import type { SegmentRows } from "../../domain/segments/segment-rows";
import type { SegmentReader, SegmentSource } from "../../ports";
import { requireAccess } from "../access/access";
import { filesOf, pinWhole } from "./segment-files";

/**
 * A segment's first rows, with the refresh that they are of. They are personal data: viewers are shown none. Throws
 * `notPermitted`, `segmentMissing`, `segmentUnfinished`, `segmentUnreadable`, `segmentChanged`.
 */
export async function viewSegmentRows(
  {
    segments,
    reader,
  }: { segments: Pick<SegmentSource, "pin">; reader: Pick<SegmentReader, "firstRows"> },
  { caller, segment }: { caller: Caller; segment: string },
): Promise<PinnedSegment & SegmentRows> {
  requireAccess(caller, "viewSegmentRows");
  const [refresh, ...others] = await pinWhole(segments, [segment]);
  if (refresh === undefined || others.length > 0) {
    throw new Error("one segment has one refresh");
  }
  return { ...pinnedSegment(refresh), ...(await reader.firstRows(filesOf([refresh]))) };
}
