import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import type { SourceAnswer } from "../../api/queries/sources";
import { useFlash } from "../../app/flashes";
import { FailureAlert } from "../../parts/loading/failure-alert";
import { useTexts } from "../../texts/language";
import { CredentialFields } from "./credential-fields";
import { nothingTyped, readTyped } from "./typed-credential";

/** Has something else let into a source, which the API tries first. */
export function ReplaceCredentialDialog({
  its: { sourceId, displayName, version },
  onDismiss,
}: {
  readonly its: SourceAnswer;
  readonly onDismiss: () => void;
}) {
  const { sources: words, common } = useTexts();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const [letsIn, setLetsIn] = useState(nothingTyped);
  const [isTried, setTried] = useState(false);
  const read = readTyped(letsIn);
  const replacement = useMutation({
    mutationFn: (credential: Extract<typeof read, { ok: true }>["credential"]) =>
      api.updateSource({
        path: { sourceId },
        body: { displayName, credential, version },
      }),
    onSuccess: async () => {
      flash({ type: "success", text: words.replaced(displayName) });
      onDismiss();
      await queries.invalidateQueries({ queryKey: ["sources"] });
    },
  });
  return (
    <Modal
      visible
      header={words.replaceCredential}
      closeAriaLabel={common.actions.close}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onDismiss}>{common.actions.cancel}</Button>
            <Button
              variant="primary"
              loading={replacement.isPending}
              onClick={() => {
                setTried(true);
                if (read.ok) {
                  replacement.mutate(read.credential);
                }
              }}
            >
              {common.actions.save}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <CredentialFields
          value={letsIn}
          wrong={isTried && !read.ok ? read.wrong : new Set()}
          onChange={setLetsIn}
        />
        {replacement.isError && <FailureAlert error={replacement.error} />}
      </SpaceBetween>
    </Modal>
  );
}
