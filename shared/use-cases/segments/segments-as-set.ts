import type { SegmentSettingsStore, SegmentSource } from "../../ports";

/**
 * Segments as their settings say they are to be read: a segment's files carry the names of their columns that
 * somebody has given. Settings are read with each listing, so whoever keeps a listing keeps to them. Listing a
 * segment throws `itemUnreadable` when its settings can't be read: without them its rows would mean something else.
 */
export function segmentsAsSet(
  source: SegmentSource,
  settings: Pick<SegmentSettingsStore, "get">,
): SegmentSource {
  return {
    ...source,
    async files(segment) {
      const files = await source.files(segment);
      if (files.length === 0) {
        return files;
      }
      const { columns } = await settings.get(segment);
      return columns === undefined ? files : files.map((file) => ({ ...file, columns }));
    },
  };
}
