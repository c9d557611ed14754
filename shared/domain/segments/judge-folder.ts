import { fixedReasons, namedReason } from "../problems/reasons";
import { DomainError, problem } from "../problems/problem";
import { requireOneRun } from "./folders/dated-runs";
import { withPartitions } from "./folders/partition";
import { STILL_AFTER_MINUTES, type Completeness, type SegmentPin } from "./refresh";
import type { SegmentFile } from "./segment";
import { dataFiles, requireNoLakeTable } from "./segment-folder";
import { requireWithinLimit, segmentLimits, type SegmentLimits } from "./segment-limits";
import { filesOfManifest, MANIFEST_MAX_BYTES, readManifest } from "./segment-manifest";
import { markerFile, SUCCESS_FILE, type SegmentMarker } from "./segment-marker";
import { isCommit, removedByCommit, unfinishedWriting } from "./unfinished-writing";

/** A segment's folder as it was listed. */
export interface ListedFolder {
  readonly segment: string;
  /** All that lies in it, bookkeeping included, in any order. */
  readonly found: readonly SegmentFile[];
  readonly marker: SegmentMarker;
  readonly now: Date;
  /** The text of one of the files that were found, of that version. Throws `segmentChanged`. */
  readonly readText: (file: SegmentFile) => Promise<string>;
}

/**
 * Tells what refresh lies in a folder, whole or not at all. Throws `lakeTable`, `segmentTooLarge`,
 * `manifestUnreadable`, `severalRuns`, `partitionsDiffer`, and what reading the marker throws.
 */
export async function judgeFolder(
  { segment, found, marker, now, readText: readAny }: ListedFolder,
  limits: Pick<SegmentLimits, "files"> = segmentLimits,
): Promise<SegmentPin> {
  const readText = async (file: SegmentFile): Promise<string> => {
    if (file.bytes > MANIFEST_MAX_BYTES) {
      throw new DomainError("manifestUnreadable", {
        ...{ segment, file: file.name },
        ...namedReason("longerThan", { bytes: MANIFEST_MAX_BYTES }),
      });
    }
    return readAny(file);
  };
  if (found.length === 0) {
    return { kind: "missing" };
  }
  const names = found.map(({ name }) => name);
  requireNoLakeTable(segment, names);
  const markerName = markerFile(marker);
  // Spark's own marker is believed where it lies, also when nobody asked for it.
  const mark = found.find(({ name }) => name === (markerName ?? SUCCESS_FILE));
  const unfinished = (...reason: Parameters<typeof namedReason>): SegmentPin => ({
    kind: "unfinished",
    problem: problem("segmentUnfinished", { segment, ...namedReason(...reason) }),
  });
  if (mark === undefined && markerName !== undefined) {
    return unfinished("markerMissing", { marker: markerName });
  }
  const writing = marker.kind === "manifest" ? undefined : unfinishedWriting(names);
  if (writing !== undefined) {
    return unfinished("stillWriting", { writing });
  }

  const removed = await removedFiles(found, readText);
  const data = dataFiles(found).filter(({ name }) => name !== markerName && !removed.has(name));
  const listed =
    mark === undefined ? undefined : await filesOfMark(segment, marker, mark, readText, data);
  if (listed?.kind === "absent") {
    return unfinished("listedMissing", { marker: mark?.name ?? "", listed: listed.place });
  }
  const chosen =
    marker.kind === "manifest" && listed !== undefined
      ? data.filter(({ name }) => listed.names.has(name))
      : data;
  requireWithinLimit(segment, "files", chosen.length, limits);
  const newest = Math.max(...chosen.map(({ modifiedAt }) => modifiedAt.getTime()));
  if (chosen.length === 0) {
    return mark === undefined || markerName === undefined
      ? { kind: "missing" }
      : unfinished("markerAlone", { marker: markerName });
  }
  requireOneRun(
    segment,
    chosen.map(({ name }) => name),
  );
  const isMarked = mark !== undefined && mark.modifiedAt.getTime() >= newest;
  if (markerName !== undefined && !isMarked) {
    return unfinished("markerOlder", { marker: markerName });
  }
  return {
    kind: "ready",
    refresh: {
      segment,
      refreshedAt: isMarked ? mark.modifiedAt : new Date(newest),
      completeness: isMarked ? "proven" : completenessByAge(newest, now),
      files: withPartitions(segment, chosen),
    },
  };
}

function completenessByAge(newest: number, now: Date): Completeness {
  return now.getTime() - newest >= STILL_AFTER_MINUTES * 60_000 ? "settled" : "unknown";
}

/**
 * The files that the marker names: all of a manifest's; of `_SUCCESS` those that the S3A committers write into it.
 * Undefined where it names none.
 */
async function filesOfMark(
  segment: string,
  marker: SegmentMarker,
  mark: SegmentFile,
  readText: ListedFolder["readText"],
  data: readonly SegmentFile[],
): Promise<
  { kind: "found"; names: ReadonlySet<string> } | { kind: "absent"; place: string } | undefined
> {
  if (marker.kind === "file" || (marker.kind !== "manifest" && mark.bytes === 0)) {
    return undefined;
  }
  const unreadable = (reason: Readonly<Record<string, string | number>>): DomainError =>
    new DomainError("manifestUnreadable", { segment, file: mark.name, ...reason });
  const entries = readManifest(await readText(mark));
  if (entries === undefined) {
    if (marker.kind === "manifest") {
      throw unreadable({ reason: fixedReasons.noFilesListed });
    }
    return undefined;
  }
  const files = filesOfManifest(
    segment,
    entries,
    data.map(({ name }) => name),
  );
  switch (files.kind) {
    case "found":
      return { kind: "found", names: new Set(files.names) };
    case "absent":
      return files;
    case "unclear":
      throw unreadable(namedReason("listedUnclear", { listed: files.place }));
  }
}

/** More commits in one folder than that are a log that nobody has cleaned up. */
const MOST_COMMITS = 200;

/** Files that Databricks has taken out of the folder's contents and not deleted yet. */
async function removedFiles(
  found: readonly SegmentFile[],
  readText: ListedFolder["readText"],
): Promise<ReadonlySet<string>> {
  const commits = found.filter(({ name }) => isCommit(name)).slice(0, MOST_COMMITS);
  const removed = await Promise.all(
    commits.map(async (file) => removedByCommit(file.name, await readText(file))),
  );
  return new Set(removed.flat());
}
