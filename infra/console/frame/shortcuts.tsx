import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import { useTexts } from "../texts/language";

/** What the keyboard does beyond what it does everywhere. */
export function Shortcuts({ onClose }: { readonly onClose: () => void }) {
  const { shell, common } = useTexts();
  const words = shell.shortcuts;
  const keys: readonly (readonly [string, string])[] = [
    ["Ctrl K", words.menu],
    ["?", words.help],
    ["G, H E R S C", words.go],
    ["Esc", words.close],
  ];
  return (
    <Modal visible header={words.label} closeAriaLabel={common.actions.close} onDismiss={onClose}>
      <KeyValuePairs
        columns={1}
        items={keys.map(([key, text]) => ({ label: text, value: <Box variant="code">{key}</Box> }))}
      />
    </Modal>
  );
}
