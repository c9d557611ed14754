import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { FormDialog } from "../../parts/form-dialog";
import { useTexts } from "../../texts/language";
import { keepPendingSignIn } from "./pending-sign-in";
import { WayIn, type ChosenWayIn } from "./way-in";

/** Gives a connection another way into the same account. */
export function ReplaceKeyDialog({
  connectionId,
  onDismiss,
}: {
  readonly connectionId: string;
  readonly onDismiss: () => void;
}) {
  const { connections: words, common } = useTexts();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const [wayIn, setWayIn] = useState<ChosenWayIn>({ kind: "apiKey", apiKey: "" });
  const [isTried, setTried] = useState(false);
  const isMissing = wayIn.kind === "apiKey" && wayIn.apiKey.trim() === "";
  const replacement = useMutation({
    mutationFn: async () => {
      switch (wayIn.kind) {
        case "apiKey":
          return api.replaceKey({
            path: { connectionId },
            body: { apiKey: wayIn.apiKey.trim() },
          });
        case "signIn": {
          const begun = await api.beginSignIn({ body: { returnTo: "console" } });
          keepPendingSignIn({ kind: "replaceKey", state: begun.state, connectionId });
          window.location.assign(begun.authorizationUrl);
          return undefined;
        }
      }
    },
    onSuccess: async (replaced) => {
      if (replaced !== undefined) {
        flash({ type: "success", text: words.replaced(replaced.displayName) });
        onDismiss();
        await queries.invalidateQueries({ queryKey: ["connections"] });
      }
    },
  });
  return (
    <FormDialog
      header={words.replaceKey}
      submit={wayIn.kind === "signIn" ? words.goToKlaviyo : common.actions.save}
      sending={replacement}
      onSubmit={() => {
        setTried(true);
        if (!isMissing) {
          replacement.mutate();
        }
      }}
      onDismiss={onDismiss}
    >
      <WayIn
        value={wayIn}
        errorText={isTried && isMissing ? words.keyMissing : ""}
        onChange={setWayIn}
      />
    </FormDialog>
  );
}
