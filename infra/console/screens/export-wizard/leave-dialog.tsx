import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../texts/language";

/** Asks before what was entered is left. */
export function LeaveDialog({
  stay,
  leave,
}: {
  readonly stay: () => void;
  readonly leave: () => void;
}) {
  const said = useTexts().wizard.leave;
  return (
    <Modal
      visible
      header={said.title}
      onDismiss={stay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={leave}>
              {said.leave}
            </Button>
            <Button variant="primary" onClick={stay}>
              {said.stay}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {said.text}
    </Modal>
  );
}
