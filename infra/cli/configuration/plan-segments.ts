import { noMarker } from "../../../shared/domain/segments/segment-marker";
import { sourceOfSegment } from "../../../shared/domain/sources/source-names";
import type { Api } from "../api/api";
import { differences } from "./differences";
import type { SegmentEntry } from "./file-schema";
import type { Step } from "./plan";
import { isMarked, readSetSegments, type SetSegment } from "./segment-entries";

/**
 * What it takes to have segments' files read as the entries say. Of a segment without an entry nothing is changed,
 * unless `prune` is given, which takes away what is set for it; the segment itself is never touched.
 * Throws `Failure` for a segment that is not there.
 */
export async function planSegments(
  api: Api,
  entries: readonly SegmentEntry[],
  {
    prune,
    newSources,
  }: {
    readonly prune: boolean;
    /** The ids of sources that are to be made: what is set for their segments can't be asked before. */
    readonly newSources: ReadonlySet<string>;
  },
): Promise<Step[]> {
  const steps: Step[] = [];
  for (const entry of entries) {
    if (newSources.has(sourceOfSegment(entry.name).sourceId)) {
      steps.push(settingOfNew(api, entry));
      continue;
    }
    const settings = await api.viewSegmentSettings({ path: { segment: entry.name } });
    steps.push(
      change(api, entry, { entry: { ...settings, name: entry.name }, version: settings.version }),
    );
  }
  const named = new Set(entries.map(({ name }) => name));
  const others = prune
    ? (await readSetSegments(api)).filter(({ entry }) => !named.has(entry.name))
    : [];
  return [...steps, ...others.map((set) => removal(api, set))];
}

function change(api: Api, entry: SegmentEntry, { entry: before, version }: SetSegment): Step {
  const found = differences(settingsOf(before), settingsOf(entry));
  return {
    kind: found.length === 0 ? "unchanged" : "change",
    what: "settings of segment",
    name: entry.name,
    differences: found,
    carryOut: () => set(api, entry, version),
  };
}

/** Of a segment whose source is made before. */
function settingOfNew(api: Api, entry: SegmentEntry): Step {
  return {
    kind: "change",
    what: "settings of segment",
    name: entry.name,
    differences: differences({}, settingsOf(entry)),
    carryOut: async () => {
      const { version } = await api.viewSegmentSettings({ path: { segment: entry.name } });
      await set(api, entry, version);
    },
  };
}

function removal(api: Api, { entry: { name }, version }: SetSegment): Step {
  return {
    ...{ kind: "delete", what: "settings of segment", name, differences: [] },
    carryOut: () => set(api, { name }, version),
  };
}

async function set(
  api: Api,
  { name, columns, marker = noMarker }: SegmentEntry,
  version: number,
): Promise<void> {
  await api.updateSegmentSettings({
    path: { segment: name },
    ifMatch: version,
    body: { columns: columns ?? null, marker },
  });
}

/** What is set, and nothing of what is not. */
function settingsOf({ columns, marker }: SegmentEntry): Record<string, unknown> {
  return {
    ...(columns === undefined ? {} : { columns }),
    ...(isMarked(marker) ? { marker } : {}),
  };
}
