import type { SegmentSettingsStore, SegmentSource } from "../../ports";

/**
 * Segments as their settings say they are to be read: each has its marker, and its files carry the names of their
 * columns that somebody has given. Settings are read with each pin, so whoever keeps a pin keeps to them. Pinning a
 * segment throws `itemUnreadable` when its settings can't be read: without them its rows would mean something else.
 */
export function segmentsAsSet(
  source: SegmentSource,
  settings: Pick<SegmentSettingsStore, "get">,
): SegmentSource {
  return {
    ...source,
    async pin(segment) {
      const { columns, marker } = await settings.get(segment);
      const pin = await source.pin(segment, marker);
      if (columns === undefined || pin.kind !== "ready") {
        return pin;
      }
      const files = pin.refresh.files.map((file) => ({ ...file, columns }));
      return { ...pin, refresh: { ...pin.refresh, files } };
    },
  };
}
