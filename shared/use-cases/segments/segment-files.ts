import { DomainError, type Problem } from "../../domain/problems/problem";
import type { SegmentRefresh } from "../../domain/segments/refresh";
import type { SegmentFile } from "../../domain/segments/segment";
import type { SegmentSource } from "../../ports";

/** What there is of several segments just now. */
export type PinnedSegments =
  | { readonly kind: "ready"; readonly refreshes: readonly SegmentRefresh[] }
  /** One of them is not whole; it may be later. */
  | { readonly kind: "unfinished"; readonly problem: Problem };

/** Pins segments, in their order. Throws `segmentMissing` and what {@link SegmentSource.pin} throws. */
export async function pinSegments(
  segments: Pick<SegmentSource, "pin">,
  names: readonly string[],
): Promise<PinnedSegments> {
  const refreshes: SegmentRefresh[] = [];
  for (const segment of names) {
    const pin = await segments.pin(segment);
    switch (pin.kind) {
      case "ready":
        refreshes.push(pin.refresh);
        break;
      case "unfinished":
        return pin;
      case "missing":
        throw new DomainError("segmentMissing", { segment });
    }
  }
  return { kind: "ready", refreshes };
}

/**
 * Pins segments for whoever does not wait for one to be whole. Throws `segmentUnfinished` and what
 * {@link pinSegments} throws.
 */
export async function pinWhole(
  segments: Pick<SegmentSource, "pin">,
  names: readonly string[],
): Promise<readonly SegmentRefresh[]> {
  const pinned = await pinSegments(segments, names);
  if (pinned.kind === "unfinished") {
    throw new DomainError(pinned.problem.code, pinned.problem.params);
  }
  return pinned.refreshes;
}

/** The files of refreshes, in their order. */
export function filesOf(refreshes: readonly SegmentRefresh[]): readonly SegmentFile[] {
  return refreshes.flatMap(({ files }) => files);
}

/**
 * Each file was read as it was listed; that the same is pinned now says that the files belong together, and that no
 * refresh was halfway through. Throws `segmentChanged`.
 */
export async function requireSameRefreshes(
  segments: Pick<SegmentSource, "pin">,
  read: readonly SegmentRefresh[],
): Promise<void> {
  for (const refresh of read) {
    const { segment, files } = refresh;
    const pin = await segments.pin(segment);
    const now = pin.kind === "ready" ? pin.refresh.files : [];
    const ids = new Set(files.map(idOf));
    const idsNow = new Set(now.map(idOf));
    const changed =
      files.find((file) => !idsNow.has(idOf(file))) ?? now.find((file) => !ids.has(idOf(file)));
    if (changed !== undefined) {
      throw new DomainError("segmentChanged", { segment, file: changed.name });
    }
  }
}

function idOf({ name, version }: SegmentFile): string {
  return JSON.stringify([name, version]);
}
