import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../api/api-provider";
import type { ExportAnswer } from "../../api/queries/exports";
import { useFlash } from "../../app/flashes";
import { FailureAlert } from "../../parts/failure-alert";
import { useTexts } from "../../texts/language";

/** Deletes an export, once its reader knows what stays. */
export function DeleteExportDialog({
  its,
  onDeleted,
  onDismiss,
}: {
  readonly its: ExportAnswer;
  readonly onDeleted?: () => void;
  readonly onDismiss: () => void;
}) {
  const { exports: words, common } = useTexts();
  const api = useApi();
  const queries = useQueryClient();
  const flash = useFlash();
  const deletion = useMutation({
    mutationFn: () => api.deleteExport({ path: { exportId: its.exportId } }),
    onSuccess: async () => {
      onDismiss();
      flash({ type: "success", text: words.deleted(its.displayName) });
      onDeleted?.();
      await queries.invalidateQueries({ queryKey: ["exports"] });
    },
  });
  return (
    <Modal
      visible
      header={words.deleteTitle(its.displayName)}
      closeAriaLabel={common.actions.close}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onDismiss}>{common.actions.cancel}</Button>
            <Button
              variant="primary"
              loading={deletion.isPending}
              onClick={() => deletion.mutate()}
            >
              {common.actions.delete}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {words.deleteText}
        {deletion.isError && <FailureAlert error={deletion.error} />}
      </SpaceBetween>
    </Modal>
  );
}
