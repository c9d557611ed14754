import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import { useTexts } from "../texts/language";

/** The command that does at a terminal what this page does. */
export function CommandLine({ command }: { readonly command: string }) {
  const { common } = useTexts();
  const line = `npx klaviyo-export ${command}`;
  return (
    <ExpandableSection variant="footer" headerText={common.commandLineHint}>
      <CopyToClipboard
        variant="inline"
        textToDisplay={line}
        textToCopy={line}
        copyButtonAriaLabel={common.actions.copy}
        copySuccessText={common.actions.copied}
        copyErrorText={common.states.unknown}
      />
    </ExpandableSection>
  );
}

/** A value as an argument of a shell, quoted where it has to be. */
export function argumentOf(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
