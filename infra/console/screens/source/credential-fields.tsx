import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../texts/language";
import { credentialKinds, nothingTyped, type TypedCredential } from "./typed-credential";

/** Asks what lets into Azure. A token or key is never shown, and never kept in the browser. */
export function CredentialFields({
  value,
  wrong,
  onChange,
}: {
  readonly value: TypedCredential;
  /** The fields that are named as wrong. */
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (value: TypedCredential) => void;
}) {
  const { sources: words } = useTexts();
  const { kind } = value;
  return (
    <SpaceBetween size="m">
      <FormField label={words.credential.label}>
        <RadioGroup
          value={kind}
          items={credentialKinds.map((each) => ({
            value: each,
            label: words.credential.kinds[each],
            description: words.credential.hints[each],
          }))}
          onChange={({ detail }) => {
            const chosen = credentialKinds.find((each) => each === detail.value);
            onChange({ ...nothingTyped, kind: chosen ?? kind });
          }}
        />
      </FormField>
      {kind === "federated" ? (
        <>
          {(["tenantId", "clientId"] as const).map((field) => (
            <FormField
              key={field}
              label={words.credential[field]}
              errorText={wrong.has(field) ? words.credential.notGuid : ""}
            >
              <Input
                value={value[field]}
                onChange={({ detail }) => onChange({ ...value, [field]: detail.value })}
              />
            </FormField>
          ))}
        </>
      ) : (
        <FormField
          label={words.credential.kinds[kind]}
          errorText={wrong.has(kind) ? words.credential.notUsable[kind] : ""}
        >
          <Input
            type="password"
            autoComplete={false}
            value={value.secret}
            onChange={({ detail }) => onChange({ ...value, secret: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
