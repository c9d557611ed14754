import Box from "@cloudscape-design/components/box";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FormDialog } from "./form-dialog";

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
  const action = useMutation({ mutationFn: act });
  return (
    <FormDialog
      header={title}
      submit={confirm}
      disabled={disabled}
      sending={action}
      onSubmit={() => action.mutate()}
      onDismiss={close}
    >
      <Box>{text}</Box>
    </FormDialog>
  );
}
