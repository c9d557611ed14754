import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../texts/language";
import { languages } from "../texts/plural";
import { densities, themes } from "../app/preferences";
import { usePreferences } from "../app/preferences-provider";

/** The languages by their own names, so that everybody finds theirs. */
const languageNames = { en: "English", de: "Deutsch" } as const;

/** The viewer's preferences, in a dialog. */
export function PreferencesDialog({ onClose }: { readonly onClose: () => void }) {
  const { shell, common } = useTexts();
  return (
    <Modal
      visible
      header={shell.preferences.label}
      closeAriaLabel={common.actions.close}
      onDismiss={onClose}
    >
      <PreferencesForm />
    </Modal>
  );
}

/** How the viewer wants to see the console; what is chosen is in force at once. */
function PreferencesForm() {
  const { preferences: words } = useTexts().shell;
  const [preferences, change] = usePreferences();
  return (
    <SpaceBetween size="l">
      <FormField label={words.language}>
        <Choice
          label={words.language}
          chosen={preferences.language}
          choices={languages.map((id) => ({ id, text: languageNames[id] }))}
          onChoose={(language) => change({ ...preferences, language })}
        />
      </FormField>
      <FormField label={words.theme}>
        <Choice
          label={words.theme}
          chosen={preferences.theme}
          choices={themes.map((id) => ({ id, text: words[id] }))}
          onChoose={(theme) => change({ ...preferences, theme })}
        />
      </FormField>
      <FormField label={words.density}>
        <Choice
          label={words.density}
          chosen={preferences.density}
          choices={densities.map((id) => ({ id, text: words[id] }))}
          onChoose={(density) => change({ ...preferences, density })}
        />
      </FormField>
    </SpaceBetween>
  );
}

function Choice<Id extends string>({
  label,
  chosen,
  choices,
  onChoose,
}: {
  readonly label: string;
  readonly chosen: Id;
  readonly choices: readonly { readonly id: Id; readonly text: string }[];
  readonly onChoose: (id: Id) => void;
}) {
  return (
    <SegmentedControl
      label={label}
      selectedId={chosen}
      options={[...choices]}
      onChange={({ detail }) => {
        const choice = choices.find(({ id }) => id === detail.selectedId);
        if (choice !== undefined) {
          onChoose(choice.id);
        }
      }}
    />
  );
}
