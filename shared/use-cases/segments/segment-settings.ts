import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { BUILT_IN_SOURCE, sourceOfSegment } from "../../domain/sources/source-names";
import type { SegmentMarker } from "../../domain/segments/segment-marker";
import type { SegmentSettings } from "../../domain/segments/segment-settings";
import type { Clock, Log, SegmentSettingsStore, SegmentSource } from "../../ports";
import { requireAccess } from "../access/access";

export interface SegmentSettingsDependencies {
  readonly segments: Pick<SegmentSource, "exists">;
  readonly segmentSettings: SegmentSettingsStore;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/** What is set for a segment. Throws `segmentMissing`. */
export async function viewSegmentSettings(
  dependencies: Pick<SegmentSettingsDependencies, "segments" | "segmentSettings">,
  { caller, segment }: { caller: Caller; segment: string },
): Promise<SegmentSettings> {
  requireAccess(caller, "viewSegmentSettings");
  await requireSegment(dependencies, segment);
  return dependencies.segmentSettings.get(segment);
}

/** Rounds of writing when others set them at the same time. */
const WRITE_ATTEMPTS = 5;

export interface SetSegmentSettingsInput {
  readonly caller: Caller;
  readonly segment: string;
  /** The names of its CSV files' columns; null when these have a header. @default as they are */
  readonly columns?: readonly string[] | null | undefined;
  /** What says that a refresh is whole. @default as it is */
  readonly marker?: SegmentMarker | undefined;
  /** The version that the caller has seen; without it, whatever is stored is replaced. */
  readonly version?: number | undefined;
}

/**
 * Sets how a segment's files are read, from the next reading on: a run whose preparation has begun keeps to what it
 * has read. Throws `notPermitted`, `segmentMissing`, `segmentSettingsChanged`.
 */
export async function setSegmentSettings(
  dependencies: SegmentSettingsDependencies,
  { caller, segment, columns, marker, version }: SetSegmentSettingsInput,
): Promise<{ before: SegmentSettings; after: SegmentSettings }> {
  const { segmentSettings, clock, log } = dependencies;
  requireAccess(caller, "updateSegmentSettings");
  if (sourceOfSegment(segment).sourceId !== BUILT_IN_SOURCE) {
    const reason = "how its files are read is said by its source";
    throw new DomainError("invalidRequest", { reason }, "/segment");
  }
  await requireSegment(dependencies, segment);
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    const before = await segmentSettings.get(segment);
    if (version !== undefined && version !== before.version) {
      break;
    }
    const namesAfter = columns === undefined ? before.columns : columns;
    const markerAfter = marker ?? before.marker;
    const after: SegmentSettings = {
      ...(namesAfter == null ? {} : { columns: [...namesAfter] }),
      ...(markerAfter === undefined || markerAfter.kind === "none" ? {} : { marker: markerAfter }),
      version: before.version + 1,
      updatedAt: clock.now().toISOString(),
      updatedBy: caller.userId,
    };
    if (await segmentSettings.put(segment, after, before.version)) {
      log.info("segmentSettingsSet", { segment, columns: after.columns?.length ?? 0 });
      return { before, after };
    }
  }
  throw new DomainError("segmentSettingsChanged");
}

async function requireSegment(
  { segments }: Pick<SegmentSettingsDependencies, "segments">,
  segment: string,
): Promise<void> {
  if (!(await segments.exists(segment))) {
    throw new DomainError("segmentMissing", { segment });
  }
}
