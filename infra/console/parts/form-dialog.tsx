import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useTexts } from "../texts/language";
import { FailureAlert } from "./loading/failure-alert";
import { useFirstField } from "./use-first-field";
import { useOpenerFocus } from "./use-opener-focus";

interface FormDialogProps {
  readonly header: string;
  /** What the button says by which it is sent. @default that it is saved */
  readonly submit?: string;
  /** What the button says by which it is left. @default that it is cancelled */
  readonly leave?: string;
  /** Whether it cannot be sent yet, or at all. @default false */
  readonly disabled?: boolean;
  /** What sends it: whether it is on its way, and why it failed. */
  readonly sending: { readonly isPending: boolean; readonly error: Error | null };
  readonly onSubmit: () => void;
  readonly onDismiss: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** Asks for what something is to be made or changed with, and says why it was refused. */
export function FormDialog({
  header,
  submit,
  leave,
  disabled = false,
  sending: { isPending, error },
  onSubmit,
  onDismiss,
  children,
}: FormDialogProps) {
  const { actions } = useTexts().common;
  useOpenerFocus();
  useFirstField();
  return (
    <Modal
      visible
      header={header}
      closeAriaLabel={actions.close}
      onDismiss={onDismiss}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onDismiss}>{leave ?? actions.cancel}</Button>
            <Button variant="primary" disabled={disabled} loading={isPending} onClick={onSubmit}>
              {submit ?? actions.save}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        {children}
        {error !== null && <FailureAlert error={error} />}
      </SpaceBetween>
    </Modal>
  );
}
