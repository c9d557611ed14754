import Box from "@cloudscape-design/components/box";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isTerminal } from "../../../../shared/domain/runs/run";
import { useApi } from "../../api/api-provider";
import { runQuery, type RunAnswer } from "../../api/queries/runs";
import { FormDialog } from "../../parts/form-dialog";
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
    <FormDialog
      header={texts.cancel.title}
      submit={texts.actions.cancel}
      leave={texts.cancel.keep}
      disabled={hasEnded}
      sending={cancel}
      onSubmit={() => cancel.mutate()}
      onDismiss={onDismiss}
    >
      <Box>
        {hasEnded
          ? texts.cancel.ended
          : sent === 0
            ? texts.cancel.nothingSent
            : texts.cancel.sent(number(sent))}
      </Box>
      {!hasEnded && <Box>{texts.cancel.rest}</Box>}
    </FormDialog>
  );
}
