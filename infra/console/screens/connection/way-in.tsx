import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../texts/language";

/** What lets a connection into Klaviyo. */
export type ChosenWayIn =
  | { readonly kind: "apiKey"; readonly apiKey: string }
  | { readonly kind: "signIn" };

/** Asks for a key, or for a sign-in to Klaviyo. The key is never shown, and never kept in the browser. */
export function WayIn({
  value,
  errorText,
  onChange,
}: {
  readonly value: ChosenWayIn;
  readonly errorText: string;
  readonly onChange: (value: ChosenWayIn) => void;
}) {
  const { connections: words } = useTexts();
  return (
    <SpaceBetween size="m">
      <FormField label={words.wayIn.label}>
        <RadioGroup
          value={value.kind}
          items={[
            { value: "apiKey", label: words.wayIn.apiKey, description: words.wayIn.apiKeyHint },
            { value: "signIn", label: words.wayIn.signIn, description: words.wayIn.signInHint },
          ]}
          onChange={({ detail }) =>
            onChange(
              detail.value === "signIn" ? { kind: "signIn" } : { kind: "apiKey", apiKey: "" },
            )
          }
        />
      </FormField>
      {value.kind === "apiKey" && (
        <FormField label={words.wayIn.key} errorText={errorText}>
          <Input
            type="password"
            autoComplete={false}
            value={value.apiKey}
            onChange={({ detail }) => onChange({ kind: "apiKey", apiKey: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
