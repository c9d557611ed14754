import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import FormField from "@cloudscape-design/components/form-field";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTexts } from "../../../texts/language";
import type { ExportForm, FormLine } from "../form/export-form";
import { freeFields, withLine, withProperties } from "./lines";
import { useFieldOptions } from "./mapping-lines";
import type { SharedField } from "./sample";

interface AddFieldsProps {
  readonly form: ExportForm;
  readonly change: (lines: FormLine[]) => void;
  readonly fields: readonly SharedField[];
  readonly sample: (field: string) => string | undefined;
}

/** Adds one of Klaviyo's fields, or a custom property for each of some fields of the segments. */
export function AddFields({ form, change, fields, sample }: AddFieldsProps) {
  const said = useTexts().wizard.mapping;
  const [picked, setPicked] = useState<readonly string[]>([]);
  const { profile, location } = freeFields(form.lines);
  const used = new Set([form.email, ...form.lines.map(({ field }) => field)]);
  const options = useFieldOptions(
    fields.filter(({ name }) => !used.has(name)),
    sample,
  );
  const group = (name: "profile" | "location", text: string, names: readonly string[]) => ({
    id: name,
    text,
    items: names.map((each) => ({ id: `${name}.${each}`, text: each })),
  });
  const groups = [
    group("profile", said.profileGroup, profile),
    group("location", said.locationGroup, location),
  ].filter(({ items }) => items.length > 0);
  return (
    <SpaceBetween size="m">
      <ButtonDropdown
        items={groups}
        disabled={groups.length === 0}
        onItemClick={({ detail: { id } }) => {
          const [chosen, name = ""] = id.split(".");
          if (chosen === "profile" || chosen === "location") {
            change(withLine(form.lines, { group: chosen, name, field: "", rules: {} }));
          }
        }}
      >
        {said.addField}
      </ButtonDropdown>
      <FormField
        label={said.addProperties}
        description={said.addPropertiesHint}
        secondaryControl={
          <Button
            disabled={picked.length === 0}
            onClick={() => {
              change(
                withProperties(
                  form.lines,
                  fields.filter(({ name }) => picked.includes(name)),
                ),
              );
              setPicked([]);
            }}
          >
            {said.addChosen}
          </Button>
        }
      >
        <Multiselect
          filteringType="auto"
          filteringAriaLabel={said.filter}
          virtualScroll
          enableSelectAll
          tokenLimit={5}
          placeholder={said.choose}
          options={options}
          selectedOptions={picked.map((value) => ({ value, label: value }))}
          onChange={({ detail: { selectedOptions } }) =>
            setPicked(selectedOptions.flatMap(({ value }) => (value === undefined ? [] : [value])))
          }
        />
      </FormField>
    </SpaceBetween>
  );
}
