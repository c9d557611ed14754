import {
  noSegmentSettings,
  type SegmentSettings,
} from "../../../../shared/domain/segments/segment-settings";
import type { SegmentSettingsStore } from "../../../../shared/ports";

/** Settings of segments in memory. */
export function fakeSegmentSettings(
  given: Readonly<Record<string, SegmentSettings>> = {},
): SegmentSettingsStore {
  const stored = new Map(Object.entries(given));
  const get = (segment: string): SegmentSettings => stored.get(segment) ?? noSegmentSettings;
  return {
    get: async (segment) => get(segment),
    async put(segment, settings, expectedVersion) {
      const isExpected = get(segment).version === expectedVersion;
      if (isExpected) {
        stored.set(segment, settings);
      }
      return isExpected;
    },
  };
}
