import { LONGEST_PREVIEW_SECONDS, type Preview } from "../../../../shared/domain/exports/preview";
import { problem } from "../../../../shared/domain/problems/problem";
import type { PreviewStore } from "../../../../shared/ports";

export function fakePreviewStore(
  ...given: Preview[]
): PreviewStore & { readonly stored: Map<string, Preview> } {
  const keyOf = (exportId: string, previewId: string): string => `${exportId}/${previewId}`;
  const stored = new Map(given.map((one) => [keyOf(one.exportId, one.previewId), one]));
  return {
    stored,
    async create(preview) {
      const age = ({ requestedAt }: Preview) =>
        Date.parse(preview.requestedAt) - Date.parse(requestedAt);
      const underWay = [...stored.values()].find(
        (other) =>
          other.exportId === preview.exportId &&
          other.requestedBy === preview.requestedBy &&
          other.previewId !== preview.previewId &&
          other.status === "running" &&
          age(other) < LONGEST_PREVIEW_SECONDS * 1_000,
      );
      if (underWay !== undefined) {
        const refused = problem("previewRunning", { previewId: underWay.previewId });
        const ending = {
          status: "failed",
          problem: refused,
          endedAt: preview.requestedAt,
        } as const;
        stored.set(keyOf(preview.exportId, preview.previewId), { ...preview, ...ending });
        return { underWay: underWay.previewId };
      }
      stored.set(keyOf(preview.exportId, preview.previewId), preview);
      return {};
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
