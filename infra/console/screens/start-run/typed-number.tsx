import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useTexts } from "../../texts/language";

/** Has somebody type the number of those who would be taken off the list, so that nobody does it unseen. */
export function TypedNumber({
  wanted,
  typed,
  isRight,
  onChange,
}: {
  /** As it is shown. */
  readonly wanted: string;
  readonly typed: string;
  readonly isRight: boolean;
  readonly onChange: (typed: string) => void;
}) {
  const { start } = useTexts().run;
  return (
    <FormField
      label={start.confirm(wanted)}
      description={start.confirmHint}
      errorText={typed === "" || isRight ? "" : start.confirmWrong(wanted)}
    >
      <Input
        value={typed}
        inputMode="numeric"
        autoComplete={false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
