import type { ExportSettings } from "./export";

/**
 * What a snapshot's truth depends on: the account, the list and the mapping. With another fingerprint
 * nothing that was confirmed before can be taken for granted, so everything is sent.
 */
export function snapshotFingerprint(
  accountId: string,
  { listId, mapping }: Pick<ExportSettings, "listId" | "mapping">,
): string {
  const fields = Object.entries(mapping).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([accountId, listId, fields]);
}

/** What the truth of a snapshot's emails depends on: the account and the list. */
export function snapshotDestination(
  accountId: string,
  { listId }: Pick<ExportSettings, "listId">,
): string {
  return JSON.stringify([accountId, listId]);
}
