import type { Preview } from "../../../shared/domain/preview";
import type { PreviewStore } from "../../../shared/ports";

export function fakePreviewStore(
  ...given: Preview[]
): PreviewStore & { readonly stored: Map<string, Preview> } {
  const keyOf = (exportId: string, previewId: string): string => `${exportId}/${previewId}`;
  const stored = new Map(given.map((one) => [keyOf(one.exportId, one.previewId), one]));
  return {
    stored,
    async create(preview) {
      stored.set(keyOf(preview.exportId, preview.previewId), preview);
    },
    get: async (exportId, previewId) => stored.get(keyOf(exportId, previewId)),
    async end(exportId, previewId, ending, at) {
      const key = keyOf(exportId, previewId);
      const preview = stored.get(key);
      if (preview?.status === "running") {
        stored.set(key, { ...preview, ...ending, endedAt: at.toISOString() });
      }
    },
    async deleteAll(exportId) {
      for (const [key, preview] of stored) {
        if (preview.exportId === exportId) {
          stored.delete(key);
        }
      }
    },
  };
}
