import * as z from "zod";
import type { SegmentPin } from "../segments/refresh";

/** Why an export that follows its segments' refreshes does not run just now, by the segment that it waits for. */
export const segmentWaitSchema = z.object({
  segment: z.string(),
  /**
   * `notRefreshed`: nothing newer is there than what it ran with. `unfinished`: its writer has not ended. `notStill`:
   * nothing says that it is whole, and it has changed in the last minutes. `missing`: it has no files. `unreadable`:
   * it can't be told what is there.
   */
  reason: z.enum(["notRefreshed", "unfinished", "notStill", "missing", "unreadable"]),
  /** When the refresh was written that is there; absent where none is. */
  refreshedAt: z.iso.datetime().optional(),
  /** It should have been refreshed by now. */
  overdue: z.literal(true).optional(),
});
export type SegmentWait = z.infer<typeof segmentWaitSchema>;

/** The run that an export's refreshes have led to last. */
const refreshRunSchema = z.object({
  runId: z.string(),
  at: z.iso.datetime(),
  /** When each segment had been refreshed, by their names. */
  refreshes: z.record(z.string(), z.iso.datetime()),
});
export type RefreshRun = z.infer<typeof refreshRunSchema>;

/** What is kept of an export that follows its segments' refreshes. */
export const followingSchema = z.object({
  run: refreshRunSchema.optional(),
  /** As it was found last; none while all segments are refreshed. */
  waitingFor: z.array(segmentWaitSchema),
});
export type Following = z.infer<typeof followingSchema>;

/** What is there of a segment; undefined where that can't be told. */
export interface FoundSegment {
  readonly segment: string;
  readonly pin: SegmentPin | undefined;
}

/** Up to when each segment's refreshes have been taken into account. */
export interface RefreshBaseline {
  /** Since when the export follows them: what is older leads to no run. */
  readonly since: Date;
  /** What runs have begun with or read, in any order: of a segment the latest counts. */
  readonly taken: readonly { readonly segment: string; readonly refreshedAt: string }[];
}

export type RefreshDecision =
  | { readonly kind: "due"; readonly refreshes: RefreshRun["refreshes"] }
  | Waiting;
interface Waiting {
  readonly kind: "waiting";
  readonly waitingFor: readonly SegmentWait[];
}

/**
 * Whether an export is due: each of its segments has been refreshed since it last ran, and is whole. What is there
 * decides, never how often or in which order somebody was told of it.
 *
 * @param overdueAfterHours from the last refresh on
 */
export function decideRefresh(
  found: readonly FoundSegment[],
  { since, taken }: RefreshBaseline,
  { now, overdueAfterHours }: { now: Date; overdueAfterHours?: number | undefined },
): RefreshDecision {
  const refreshes: Record<string, string> = {};
  const waitingFor: SegmentWait[] = [];
  for (const { segment, pin } of found) {
    const last = Math.max(
      firstOf(since) - 1,
      ...taken
        .filter((each) => each.segment === segment)
        .map(({ refreshedAt }) => Date.parse(refreshedAt)),
    );
    const refreshedAt = pin?.kind === "ready" ? pin.refresh.refreshedAt : undefined;
    const reason = reasonToWait(pin, last);
    if (reason === undefined && refreshedAt !== undefined) {
      refreshes[segment] = refreshedAt.toISOString();
      continue;
    }
    const quietSince = Math.max(since.getTime(), refreshedAt?.getTime() ?? last);
    waitingFor.push({
      segment,
      reason: reason ?? "unreadable",
      refreshedAt: refreshedAt?.toISOString(),
      ...(overdueAfterHours !== undefined &&
      now.getTime() - quietSince > overdueAfterHours * 3_600_000
        ? { overdue: true }
        : {}),
    });
  }
  return waitingFor.length === 0 && found.length > 0
    ? { kind: "due", refreshes }
    : { kind: "waiting", waitingFor };
}

/** S3 tells when a file was written to the second: one that came in the same second came after. */
function firstOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000) * 1_000;
}

function reasonToWait(
  pin: SegmentPin | undefined,
  last: number,
): SegmentWait["reason"] | undefined {
  switch (pin?.kind) {
    case undefined:
      return "unreadable";
    case "missing":
    case "unfinished":
      return pin.kind;
    case "ready":
      return pin.refresh.refreshedAt.getTime() <= last
        ? "notRefreshed"
        : pin.refresh.completeness === "unknown"
          ? "notStill"
          : undefined;
  }
}
