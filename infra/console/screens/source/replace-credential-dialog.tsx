import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import type { SourceAnswer } from "../../api/queries/sources";
import { useFlash } from "../../app/flashes";
import { FormDialog } from "../../parts/form-dialog";
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
  const { sources: words } = useTexts();
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
    <FormDialog
      header={words.replaceCredential}
      sending={replacement}
      onSubmit={() => {
        setTried(true);
        if (read.ok) {
          replacement.mutate(read.credential);
        }
      }}
      onDismiss={onDismiss}
    >
      <CredentialFields
        value={letsIn}
        wrong={isTried && !read.ok ? read.wrong : new Set()}
        onChange={setLetsIn}
      />
    </FormDialog>
  );
}
