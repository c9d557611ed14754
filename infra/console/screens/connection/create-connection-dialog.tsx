import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type * as z from "zod";
import {
  CONSENT_WORDING,
  newConnectionSettingsSchema,
  sharingSchema,
} from "../../../../shared/domain/connections/connection";
import { useApi } from "../../api/api-provider";
import { useFlash } from "../../app/flashes";
import { FormDialog } from "../../parts/form-dialog";
import { useTexts } from "../../texts/language";
import { keepPendingSignIn } from "./pending-sign-in";
import { WayIn, type ChosenWayIn } from "./way-in";

/** Makes a connection: whose it is, what lets it in, and what its maker agrees to. */
export function CreateConnectionDialog({
  onCreated,
  awayFrom,
  onDismiss,
}: {
  readonly onCreated?: (connectionId: string) => void;
  /** Where a sign-in to Klaviyo leads back to, with `connection` in the address. @default the connection's screen */
  readonly awayFrom?: { readonly address: string; readonly onLeave: () => void };
  readonly onDismiss: () => void;
}) {
  const { connections: words, common } = useTexts();
  const api = useApi();
  const flash = useFlash();
  const queries = useQueryClient();
  const [displayName, setDisplayName] = useState("");
  const [sharing, setSharing] = useState<(typeof sharingSchema.options)[number]>("administrators");
  const [wayIn, setWayIn] = useState<ChosenWayIn>({ kind: "apiKey", apiKey: "" });
  const [agrees, setAgrees] = useState(false);
  const [isTried, setTried] = useState(false);
  const [idempotencyKey] = useState(() => window.crypto.randomUUID());
  const settings = newConnectionSettingsSchema.safeParse({ displayName, sharing });
  const nameError = isTried && !settings.success ? words.nameMissing : "";
  const keyError =
    isTried && wayIn.kind === "apiKey" && wayIn.apiKey.trim() === "" ? words.keyMissing : "";
  const creation = useMutation({
    mutationFn: async (made: z.output<typeof newConnectionSettingsSchema>) => {
      switch (wayIn.kind) {
        case "apiKey":
          return api.createConnection({
            body: { ...made, agree: true, apiKey: wayIn.apiKey.trim() },
            idempotencyKey,
          });
        case "signIn": {
          const begun = await api.beginSignIn({ body: { returnTo: "console" } });
          keepPendingSignIn({
            ...{ kind: "create", state: begun.state, settings: made },
            returnTo: awayFrom?.address,
          });
          awayFrom?.onLeave();
          window.location.assign(begun.authorizationUrl);
          return undefined;
        }
      }
    },
    onSuccess: async (made) => {
      if (made !== undefined) {
        flash({ type: "success", text: words.created(made.displayName) });
        onDismiss();
        onCreated?.(made.connectionId);
        await queries.invalidateQueries({ queryKey: ["connections"] });
      }
    },
  });
  const submit = () => {
    setTried(true);
    const hasKey = wayIn.kind !== "apiKey" || wayIn.apiKey.trim() !== "";
    if (settings.success && hasKey && agrees) {
      creation.mutate(settings.data);
    }
  };
  return (
    <FormDialog
      header={words.create}
      submit={wayIn.kind === "signIn" ? words.goToKlaviyo : common.actions.save}
      sending={creation}
      onSubmit={submit}
      onDismiss={onDismiss}
    >
      <FormField label={words.columns.name} errorText={nameError}>
        <Input value={displayName} onChange={({ detail }) => setDisplayName(detail.value)} />
      </FormField>
      <WayIn value={wayIn} errorText={keyError} onChange={setWayIn} />
      <FormField label={words.columns.sharing}>
        <RadioGroup
          value={sharing}
          items={sharingSchema.options.map((value) => ({ value, label: words.sharing[value] }))}
          onChange={({ detail }) => setSharing(sharingSchema.parse(detail.value))}
        />
      </FormField>
      <FormField errorText={isTried && !agrees ? words.agreeMissing : ""}>
        <Checkbox checked={agrees} onChange={({ detail }) => setAgrees(detail.checked)}>
          <span lang="en">{CONSENT_WORDING.text}</span>
        </Checkbox>
      </FormField>
    </FormDialog>
  );
}
