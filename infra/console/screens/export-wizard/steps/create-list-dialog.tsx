import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useApi } from "../../../api/api-provider";
import { describeFailure } from "../../../api/failures";
import { useOpenerFocus } from "../../../parts/use-opener-focus";
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
  useOpenerFocus();
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
    <Modal
      visible
      header={said.createTitle}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {texts.common.actions.cancel}
            </Button>
            <Button variant="primary" loading={creation.isPending} onClick={() => submit()}>
              {said.create}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={submit}>
        <SpaceBetween size="m">
          <Box>{said.createText}</Box>
          <FormField label={said.name} errorText={fault}>
            <Input
              autoFocus
              value={name}
              onChange={({ detail: { value } }) => {
                setName(value);
                setKey(window.crypto.randomUUID());
              }}
            />
          </FormField>
          {failure !== undefined && failure.field !== "/name" ? (
            <Alert type="error" header={failure.title}>
              {failure.text}
            </Alert>
          ) : null}
        </SpaceBetween>
      </form>
    </Modal>
  );
}
