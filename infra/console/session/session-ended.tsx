import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTexts } from "../texts/language";
import { useSession } from "./session-provider";

/** Lets people sign in again, in a window of its own: what is behind this stays as it is. */
export function SessionEnded() {
  const { shell, common } = useTexts();
  const session = useSession();
  const [failed, setFailed] = useState(false);
  return (
    <Modal
      visible
      header={shell.ended.title}
      closeAriaLabel={common.actions.close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={() => void session.signOut()}>{common.actions.signOut}</Button>
            <Button
              variant="primary"
              onClick={() => {
                session.signInAgain().catch(() => setFailed(true));
              }}
            >
              {common.actions.signIn}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {shell.ended.text}
        {failed && <Alert type="error">{shell.signIn.failed}</Alert>}
      </SpaceBetween>
    </Modal>
  );
}
