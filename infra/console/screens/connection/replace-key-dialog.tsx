import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { FailureAlert } from "../../parts/loading/failure-alert";
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
    <Modal
      visible
      header={words.replaceKey}
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
                if (!isMissing) {
                  replacement.mutate();
                }
              }}
            >
              {wayIn.kind === "signIn" ? words.goToKlaviyo : common.actions.save}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <WayIn
          value={wayIn}
          errorText={isTried && isMissing ? words.keyMissing : ""}
          onChange={setWayIn}
        />
        {replacement.isError && <FailureAlert error={replacement.error} />}
      </SpaceBetween>
    </Modal>
  );
}
