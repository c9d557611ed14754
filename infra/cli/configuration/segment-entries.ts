import type { SegmentMarker } from "../../../shared/domain/segments/segment-marker";
import type { SegmentSettingsAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/everything";
import { Failure } from "../failure";
import { segmentEntrySchema, type SegmentEntry } from "./file-schema";

/** What is set for a segment, with the version that a change of it is of. */
export interface SetSegment {
  readonly entry: SegmentEntry;
  readonly version: number;
}

/** Segments that are asked about at the same time. */
const AT_ONCE = 8;

/**
 * The settings of all segments for which something is set, by their names.
 *
 * @param unreadable filled with the names of segments whose settings can't be read, or not be written into a file
 */
export async function readSetSegments(api: Api, unreadable: string[] = []): Promise<SetSegment[]> {
  const names = (await everything(api.listSegments)).map(({ name }) => name);
  const found: SetSegment[] = [];
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const batch = names.slice(at, at + AT_ONCE);
    const settings = await Promise.all(batch.map((name) => settingsOrNothing(api, name)));
    for (const [index, name] of batch.entries()) {
      const set = settings[index];
      const entry = set === undefined ? undefined : entryOf(name, set);
      if (set === undefined || entry === undefined) {
        unreadable.push(name);
      } else if (isSet(entry)) {
        found.push({ entry, version: set.version });
      }
    }
  }
  return found.toSorted(({ entry: one }, { entry: other }) =>
    one.name.localeCompare(other.name, "en"),
  );
}

/** Why the API shows no settings of one segment, and those of the others. */
const ofOneSegment: ReadonlySet<string> = new Set([
  ...["segmentMissing", "lakeTable", "segmentTooLarge", "itemUnreadable"],
]);

/** Undefined of a segment whose files or settings the API refuses. */
async function settingsOrNothing(
  api: Api,
  segment: string,
): Promise<SegmentSettingsAnswer | undefined> {
  try {
    return await api.viewSegmentSettings({ path: { segment } });
  } catch (error) {
    if (error instanceof Failure && ofOneSegment.has(error.details.code)) {
      return undefined;
    }
    throw error;
  }
}

/** Settings as a file says them; undefined for what was set before a rule was made that refuses it. */
function entryOf(
  name: string,
  { columns, marker }: Pick<SegmentSettingsAnswer, "columns" | "marker">,
): SegmentEntry | undefined {
  return segmentEntrySchema.safeParse({
    name,
    // What is there and undefined would differ from what is not there.
    ...(columns === undefined ? {} : { columns }),
    ...(isMarked(marker) ? { marker } : {}),
  }).data;
}

/** What an entry leaves out is not set. */
function isSet({ columns, marker }: SegmentEntry): boolean {
  return columns !== undefined || isMarked(marker);
}

export function isMarked(marker: SegmentMarker | undefined): boolean {
  return marker !== undefined && marker.kind !== "none";
}
