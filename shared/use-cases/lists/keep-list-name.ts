import type { Export } from "../../domain/exports/export";
import type { ExportStore, KlaviyoList } from "../../ports";

/**
 * Keeps what Klaviyo calls an export's list now: people rename lists there, and look for them by the new name. Is no
 * change of the export's settings, so its version stays.
 */
export async function keepListName(
  { exports }: { readonly exports: Pick<ExportStore, "noteListName"> },
  { exportId, listId, listName }: Pick<Export, "exportId" | "listId" | "listName">,
  list: KlaviyoList,
): Promise<void> {
  if (listId === list.id && listName !== list.name) {
    await exports.noteListName(exportId, list);
  }
}
