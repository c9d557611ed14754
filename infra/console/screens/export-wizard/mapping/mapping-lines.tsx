import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useTexts } from "../../../texts/language";
import { attributeOf, type FormLine } from "../form/export-form";
import { LineOptions } from "./line-options";
import type { SharedField } from "./sample";

interface MappingLinesProps {
  readonly lines: readonly FormLine[];
  readonly change: (lines: FormLine[]) => void;
  readonly fields: readonly SharedField[];
  /** A sample of the field; undefined where there is none to be shown. */
  readonly sample: (field: string) => string | undefined;
  readonly samples: boolean;
  readonly faultOf: (field: string) => string | undefined;
  readonly add: React.ReactNode;
}

/** As many lines as are shown without a filter above them. */
const FEW = 8;

/** The segments' fields to choose from: name, type, and a sample of what they hold. */
export function useFieldOptions(
  fields: readonly SharedField[],
  sample: (field: string) => string | undefined,
): SelectProps.Option[] {
  const said = useTexts().wizard.mapping;
  return fields.map(({ name, type }) => {
    const value = sample(name);
    return {
      value: name,
      label: name,
      labelTag: said.fieldTypes[type],
      ...(value === undefined ? {} : { description: value }),
    };
  });
}

/** What fills which of Klaviyo's fields, line by line; with many lines they can be searched. */
export function MappingLines({
  lines,
  change,
  fields,
  sample,
  samples,
  faultOf,
  add,
}: MappingLinesProps) {
  const said = useTexts().wizard.mapping;
  const [filter, setFilter] = useState("");
  const options = useFieldOptions(fields, sample);
  const wanted = filter.trim().toLowerCase();
  const shown = lines.filter((line) =>
    `${attributeOf(line)} ${line.field}`.toLowerCase().includes(wanted),
  );
  const set = (changed: FormLine) =>
    change(lines.map((line) => (line.key === changed.key ? changed : line)));
  return (
    <SpaceBetween size="s">
      {lines.length > FEW ? (
        <TextFilter
          filteringText={filter}
          filteringPlaceholder={said.filter}
          filteringAriaLabel={said.filter}
          onChange={({ detail: { filteringText } }) => setFilter(filteringText)}
        />
      ) : null}
      <AttributeEditor<FormLine>
        items={shown}
        hideAddButton
        addButtonText=""
        removeButtonText={said.remove}
        removeButtonAriaLabel={(line) => `${said.remove}: ${attributeOf(line)}`}
        onRemoveButtonClick={({ detail: { itemIndex } }) => {
          const removed = shown[itemIndex];
          change(lines.filter((line) => line.key !== removed?.key));
        }}
        i18nStrings={{
          errorIconAriaLabel: "",
          itemRemovedAriaLive: said.removed(""),
        }}
        gridLayout={[
          {
            breakpoint: "s",
            rows: [[3, 4, 4]],
            removeButton: { width: "auto" },
          },
          { rows: [[1], [1], [1]], removeButton: { ownRow: true } },
        ]}
        empty={
          <Box color="text-body-secondary">{lines.length === 0 ? said.none : said.noneMatch}</Box>
        }
        definition={[
          {
            label: said.klaviyoField,
            errorText: (line) => faultOf(`line.${line.key}`),
            control: (line) =>
              line.group === "properties" ? (
                <Input
                  ariaLabel={said.property}
                  value={line.name}
                  onChange={({ detail: { value } }) => set({ ...line, name: value })}
                />
              ) : (
                <Box padding={{ top: "xxs" }} variant="code">
                  {attributeOf(line)}
                </Box>
              ),
          },
          {
            label: said.segmentField,
            constraintText: (line) =>
              samples ? `${said.sample}: ${sample(line.field) ?? said.noSample}` : undefined,
            control: (line) => (
              <Select
                ariaLabel={`${said.segmentField}: ${attributeOf(line)}`}
                filteringType="auto"
                filteringAriaLabel={said.filter}
                virtualScroll
                placeholder={said.choose}
                options={options}
                selectedOption={line.field === "" ? null : { value: line.field, label: line.field }}
                onChange={({ detail: { selectedOption } }) =>
                  set({ ...line, field: selectedOption.value ?? "" })
                }
              />
            ),
          },
          {
            label: said.options,
            control: (line) => <LineOptions line={line} set={set} />,
          },
        ]}
        additionalInfo={undefined}
      />
      {add}
    </SpaceBetween>
  );
}
