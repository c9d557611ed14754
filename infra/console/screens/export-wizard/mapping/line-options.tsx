import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { propertyTypes } from "../../../../../shared/domain/klaviyo/klaviyo-fields";
import { PHONE_COUNTRIES } from "../../../../../shared/domain/profiles/phone-countries";
import { useFormats, useTexts } from "../../../texts/language";
import { attributeOf, type FormLine } from "../form/export-form";
import { withRule } from "./lines";

interface LineOptionsProps {
  readonly line: FormLine;
  readonly set: (line: FormLine) => void;
}

/** What else can be said of a field: a phone number's country; a property's type and how it is written. */
export function LineOptions({ line, set }: LineOptionsProps) {
  if (line.group === "properties") {
    return <PropertyOptions line={line} set={set} />;
  }
  return line.group === "profile" && line.name === "phone_number" ? (
    <CountryOption line={line} set={set} />
  ) : (
    <Box color="text-body-secondary">–</Box>
  );
}

function CountryOption({ line, set }: LineOptionsProps) {
  const said = useTexts().wizard.mapping;
  const options = useCountryOptions();
  return (
    <Choice
      label={said.defaultCountry}
      about={attributeOf(line)}
      options={options}
      value={line.rules["defaultCountry"] ?? ""}
      choose={(value) => set(withRule(line, "defaultCountry", value))}
      filtering
    />
  );
}

/** Countries to choose from, by their names in the viewer's language, none first. */
export function useCountryOptions(): SelectProps.Option[] {
  const said = useTexts().wizard.mapping;
  const { language } = useFormats();
  const names = new Intl.DisplayNames(language, { type: "region" });
  return [
    { value: "", label: said.noCountry },
    ...PHONE_COUNTRIES.map((code) => ({
      value: code,
      label: names.of(code) ?? code,
      labelTag: code,
    })).toSorted((one, other) => one.label.localeCompare(other.label, language)),
  ];
}

function PropertyOptions({ line, set }: LineOptionsProps) {
  const said = useTexts().wizard.mapping;
  const about = attributeOf(line);
  const type = line.rules["type"] ?? "";
  const say = (rule: string) => (value: string) => set(withRule(line, rule, value));
  const types: Readonly<Record<string, string>> = said.types;
  return (
    <SpaceBetween size="xs">
      <Choice
        label={said.type}
        about={about}
        options={["", ...Object.keys(propertyTypes)].map((value) => ({
          value,
          label: types[value] ?? value,
        }))}
        value={type}
        choose={say("type")}
      />
      {type === "number" ? (
        <Choice
          label={said.decimal}
          about={about}
          options={Object.entries(said.decimals).map(([value, label]) => ({ value, label }))}
          value={line.rules["decimal"] ?? ""}
          choose={say("decimal")}
        />
      ) : null}
      {type === "date" ? (
        <FormField label={said.format} constraintText={said.formatHint}>
          <Input
            ariaLabel={`${said.format}: ${about}`}
            value={line.rules["format"] ?? ""}
            onChange={({ detail: { value } }) => say("format")(value)}
          />
        </FormField>
      ) : null}
      {type === "list" ? (
        <FormField label={said.separator}>
          <Input
            ariaLabel={`${said.separator}: ${about}`}
            value={line.rules["separator"] ?? ""}
            placeholder=","
            onChange={({ detail: { value } }) => say("separator")(value)}
          />
        </FormField>
      ) : null}
      <Choice
        label={said.empty}
        about={about}
        options={[
          { value: "", label: said.empties[""] },
          { value: "clear", label: said.empties.clear },
        ]}
        value={line.rules["empty"] === "clear" ? "clear" : ""}
        choose={say("empty")}
      />
    </SpaceBetween>
  );
}

function Choice({
  label,
  about,
  options,
  value,
  choose,
  filtering = false,
}: {
  readonly label: string;
  readonly about: string;
  readonly options: readonly SelectProps.Option[];
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly filtering?: boolean;
}) {
  return (
    <FormField label={label}>
      <Select
        ariaLabel={`${label}: ${about}`}
        filteringType={filtering ? "auto" : "none"}
        filteringAriaLabel={label}
        options={options}
        selectedOption={options.find((option) => option.value === value) ?? null}
        onChange={({ detail: { selectedOption } }) => choose(selectedOption.value ?? "")}
      />
    </FormField>
  );
}
