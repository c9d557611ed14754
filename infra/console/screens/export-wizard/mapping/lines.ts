import {
  locationFields,
  profileFields,
  type PropertyType,
} from "../../../../../shared/domain/klaviyo/klaviyo-fields";
import { attributeOf, linesOf, type ExportForm, type FormLine } from "../form/export-form";
import type { SharedField } from "./sample";

/** Klaviyo's own fields that nothing fills yet, by their groups. */
export function freeFields(lines: readonly FormLine[]): {
  readonly profile: readonly string[];
  readonly location: readonly string[];
} {
  const filled = new Set(lines.map(attributeOf));
  return {
    profile: Object.keys(profileFields).filter((name) => !filled.has(name)),
    location: Object.keys(locationFields).filter((name) => !filled.has(`location.${name}`)),
  };
}

/** The lines with one more. */
export function withLine(lines: readonly FormLine[], line: Omit<FormLine, "key">): FormLine[] {
  return [...lines, { ...line, key: nextKey(lines) }];
}

/** The lines with a custom property for each of the fields, by the field's name. */
export function withProperties(
  lines: readonly FormLine[],
  fields: readonly SharedField[],
): FormLine[] {
  return fields.reduce<FormLine[]>(
    (all, { name, type }) =>
      withLine(all, {
        group: "properties",
        name: freeName(all, name.trim()),
        field: name,
        rules: rulesOfType(type),
      }),
    [...lines],
  );
}

/** What keeps the type that a field shows; text and objects keep it by themselves. */
function rulesOfType(type: SharedField["type"]): FormLine["rules"] {
  const kept: Partial<Record<SharedField["type"], PropertyType>> = {
    ...{ number: "number", boolean: "boolean", date: "date", list: "list" },
  };
  return kept[type] === undefined ? {} : { type: kept[type] };
}

function freeName(lines: readonly FormLine[], wanted: string): string {
  const taken = new Set(
    lines.filter(({ group }) => group === "properties").map(({ name }) => name),
  );
  for (let number = 2, name = wanted; ; number += 1) {
    if (!taken.has(name)) {
      return name;
    }
    name = `${wanted} ${number}`;
  }
}

function nextKey(lines: readonly FormLine[]): number {
  return Math.max(-1, ...lines.map(({ key }) => key)) + 1;
}

/** A line with a rule said, or no longer said (empty). */
export function withRule(line: FormLine, rule: string, value: string): FormLine {
  const { [rule]: _before, ...others } = line.rules;
  const rules = value === "" ? others : { ...others, [rule]: value };
  if (rule !== "type") {
    return { ...line, rules };
  }
  // What belongs to another type would be refused.
  const { decimal: _decimal, format: _format, separator: _separator, ...kept } = rules;
  return { ...line, rules: kept };
}

/** Fields that the API suggests and the form does not fill yet, as far as all segments have them. */
export function proposedLines(
  { lines }: Pick<ExportForm, "lines">,
  suggested: object,
  fields: readonly SharedField[],
): FormLine[] {
  const filled = new Set(lines.map(attributeOf));
  const there = new Set(fields.map(({ name }) => name));
  return linesOf(suggested)
    .filter((line) => attributeOf(line) !== "email" && attributeOf(line) !== "consent")
    .filter((line) => !filled.has(attributeOf(line)) && there.has(line.field))
    .reduce<FormLine[]>((all, line) => withLine(all, line), [...lines]);
}
