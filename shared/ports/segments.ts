import type { Readable } from "node:stream";
import type { SegmentDescription, SegmentFile, SegmentSummary } from "../domain/segments/segment";
import type { SegmentPin } from "../domain/segments/refresh";
import type { FieldReadings } from "../domain/exports/mapping-questions";
import type { DescribedRefresh } from "../domain/segments/refresh-history";
import type { SegmentRows } from "../domain/segments/segment-rows";
import type { SegmentMarker } from "../domain/segments/segment-marker";
import type { SegmentSettings } from "../domain/segments/segment-settings";
import type { Page, PageRequest } from "../domain/paging/every-page";

/** Where segments come from. */
export interface SegmentSource {
  list(page: PageRequest): Promise<Page<SegmentSummary>>;
  /** Whether there are files of a segment, whole or not. Throws `lakeTable`, `segmentTooLarge`. */
  exists(segment: string): Promise<boolean>;
  /**
   * What refresh of a segment is there, whole or not at all; never waits. Throws `lakeTable`, `segmentTooLarge`,
   * `manifestUnreadable`, `severalRuns`, `partitionsDiffer`.
   *
   * @param marker what says that a refresh is whole. @default nothing
   */
  pin(segment: string, marker?: SegmentMarker): Promise<SegmentPin>;
  /** The bytes of exactly the version listed; throws `segmentChanged` when it is there no more. */
  open(file: SegmentFile): Promise<Readable>;
}

/** What is set for each segment. */
export interface SegmentSettingsStore {
  /** The first version, with nothing in it, when nobody has set anything. Throws `itemUnreadable`. */
  get(segment: string): Promise<SegmentSettings>;
  /** Replaces them if the stored version is still `expectedVersion`; returns whether it was. */
  put(segment: string, settings: SegmentSettings, expectedVersion: number): Promise<boolean>;
}

/** Reads a segment's files to describe it. Throws `segmentUnreadable`, `segmentChanged`, `fieldMissing`. */
export interface SegmentReader {
  describe(
    summary: SegmentSummary,
    files: readonly SegmentFile[],
    emailField?: string,
  ): Promise<SegmentDescription>;
  /** The first rows of the files, in their order. Throws `segmentUnreadable`, `segmentChanged`. */
  firstRows(files: readonly SegmentFile[]): Promise<SegmentRows>;
}

/** Keeps what was read of a segment by the versions of its files, for a day; how its fields are written for longer. */
export interface SegmentDescriptions {
  /** What was found in exactly these files; undefined when nobody has looked, or it is too long ago. */
  get(
    files: readonly SegmentFile[],
    emailField: string | undefined,
    now: Date,
  ): Promise<SegmentDescription | undefined>;
  put(
    files: readonly SegmentFile[],
    emailField: string | undefined,
    description: SegmentDescription,
    now: Date,
  ): Promise<void>;
  /**
   * How the segment's fields are written, as it was last described; fields that have nothing to tell are left out.
   * Undefined when nobody has looked for a month.
   */
  readings(segment: string, now: Date): Promise<FieldReadings | undefined>;
  /** The last refreshes that somebody has described, newest first; none when nobody has for a month. */
  refreshes(segment: string, now: Date): Promise<readonly DescribedRefresh[]>;
}
