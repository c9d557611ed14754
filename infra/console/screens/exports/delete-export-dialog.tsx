import { useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { useFlash } from "../../app/flashes";
import { ConfirmDialog } from "../../parts/confirm-dialog";
import { useTexts } from "../../texts/language";

/** Deletes an export, once its reader knows what stays. */
export function DeleteExportDialog({
  its: { exportId, displayName },
  onDismiss,
}: {
  readonly its: ExportAnswer;
  readonly onDismiss: () => void;
}) {
  const { exports: words, common } = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const flash = useFlash();
  return (
    <ConfirmDialog
      title={words.deleteTitle(displayName)}
      text={words.deleteText}
      confirm={common.actions.delete}
      close={onDismiss}
      act={async () => {
        await api.deleteExport({ path: { exportId } });
        onDismiss();
        flash({ type: "success", text: words.deleted(displayName) });
        await queries.invalidateQueries({ queryKey: ["exports"] });
      }}
    />
  );
}
