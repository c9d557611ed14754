import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isTerminal } from "../../../../shared/domain/runs/run";
import { useApi } from "../../api/api-provider";
import { runQuery, type RunAnswer } from "../../api/queries/runs";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useFormats, useTexts } from "../../texts/language";

/** Asks before a run is canceled, and says what becomes of what Klaviyo has taken already. */
export function CancelDialog({
  run,
  onDismiss,
}: {
  readonly run: RunAnswer;
  readonly onDismiss: () => void;
}) {
  const api = useApi();
  const client = useQueryClient();
  const { run: texts } = useTexts();
  const { number } = useFormats();
  const { runId, progress } = run;
  const cancel = useMutation({
    mutationFn: () => api.cancelRun({ path: { runId } }),
    onSuccess: (canceled) => {
      client.setQueryData(runQuery(api, runId).queryKey, canceled);
      onDismiss();
    },
  });
  const sent = progress.profiles?.sent ?? 0;
  const hasEnded = isTerminal(run.status);
  return (
    <Modal
      visible
      onDismiss={onDismiss}
      header={texts.cancel.title}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onDismiss}>
              {texts.cancel.keep}
            </Button>
            <Button
              variant="primary"
              loading={cancel.isPending}
              disabled={hasEnded}
              onClick={() => cancel.mutate()}
            >
              {texts.actions.cancel}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box>
          {hasEnded
            ? texts.cancel.ended
            : sent === 0
              ? texts.cancel.nothingSent
              : texts.cancel.sent(number(sent))}
        </Box>
        {!hasEnded && <Box>{texts.cancel.rest}</Box>}
        {cancel.isError && <FailureAlert error={cancel.error} />}
      </SpaceBetween>
    </Modal>
  );
}
