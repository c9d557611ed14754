import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useApi } from "../../../api/api-provider";
import { describeFailure } from "../../../api/failures";
import { FormDialog } from "../../../parts/form-dialog";
import { useTexts } from "../../../texts/language";

interface CreateListDialogProps {
  readonly connectionId: string;
  readonly close: () => void;
  readonly created: (list: { readonly id: string; readonly name: string }) => void;
}

/** Makes a list in Klaviyo, which can't be taken back. A repeated attempt makes no second one. */
export function CreateListDialog({ connectionId, close, created }: CreateListDialogProps) {
  const texts = useTexts();
  const said = texts.wizard.list;
  const api = useApi();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const [key, setKey] = useState(() => window.crypto.randomUUID());
  const creation = useMutation({
    mutationFn: () =>
      api.createKlaviyoList({
        path: { connectionId },
        body: { name: name.trim() },
        idempotencyKey: key,
      }),
    onSuccess: created,
  });
  const failure = creation.isError ? describeFailure(creation.error, texts) : undefined;
  const submit = (event?: SyntheticEvent) => {
    event?.preventDefault();
    setAsked(true);
    if (name.trim() !== "") {
      creation.mutate();
    }
  };
  const fault =
    failure?.field === "/name"
      ? failure.text
      : asked && name.trim() === ""
        ? said.nameMissing
        : undefined;
  return (
    <FormDialog
      header={said.createTitle}
      submit={said.create}
      sending={{
        isPending: creation.isPending,
        error: failure?.field === "/name" ? null : creation.error,
      }}
      onSubmit={() => submit()}
      onDismiss={close}
    >
      <Box>{said.createText}</Box>
      <form onSubmit={submit}>
        <FormField label={said.name} errorText={fault}>
          <Input
            value={name}
            onChange={({ detail: { value } }) => {
              setName(value);
              setKey(window.crypto.randomUUID());
            }}
          />
        </FormField>
      </form>
    </FormDialog>
  );
}
