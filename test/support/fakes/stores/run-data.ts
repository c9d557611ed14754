import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import type { RunData } from "../../../../shared/ports";

/** What runs leave, of which these snapshots are there. */
export function fakeRunData(
  ...given: string[]
): RunData & { readonly snapshots: Set<string>; readonly deleted: string[] } {
  const snapshots = new Set(given);
  const deleted: string[] = [];
  return {
    snapshots,
    deleted,
    delete: async ({ runId }) => {
      deleted.push(runId);
    },
    listSnapshots: async (exportId) =>
      [...snapshots].filter((key) => key.startsWith(storageKeys.snapshots(exportId))),
    deleteSnapshots: async (keys) => {
      keys.forEach((key) => snapshots.delete(key));
    },
  };
}
