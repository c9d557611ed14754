import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FailureAlert } from "./loading/failure-alert";
import { useTexts } from "../texts/language";

interface ConfirmDialogProps {
  readonly title: string;
  /** What is asked, and what there is to choose. */
  readonly text: ReactNode;
  readonly confirm: string;
  /** Whether it cannot be done yet, or at all. @default false */
  readonly disabled?: boolean;
  readonly close: () => void;
  readonly act: () => Promise<void>;
}

/** Asks before something is done that can't be undone or that concerns much, and says why where it can't be done. */
export function ConfirmDialog({
  title,
  text,
  confirm,
  disabled = false,
  close,
  act,
}: ConfirmDialogProps) {
  const { actions } = useTexts().common;
  const action = useMutation({ mutationFn: act });
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={actions.close}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {actions.cancel}
            </Button>
            <Button
              variant="primary"
              disabled={disabled}
              loading={action.isPending}
              onClick={() => action.mutate()}
            >
              {confirm}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{text}</Box>
        {action.isError ? <FailureAlert error={action.error} /> : null}
      </SpaceBetween>
    </Modal>
  );
}
