import type { ExportSettings } from "../exports/export";
import { canonicalMapping } from "../exports/field-mapping";

/**
 * What a snapshot's truth depends on: the account, the list and the mapping. With another fingerprint
 * nothing that was confirmed before can be taken for granted, so everything is sent.
 */
export function snapshotFingerprint(
  accountId: string,
  { listId, mapping }: Pick<ExportSettings, "listId" | "mapping">,
): string {
  return JSON.stringify([accountId, listId, canonicalMapping(mapping)]);
}

/** What the truth of a snapshot's emails depends on: the account and the list. */
export function snapshotDestination(
  accountId: string,
  { listId }: Pick<ExportSettings, "listId">,
): string {
  return JSON.stringify([accountId, listId]);
}
