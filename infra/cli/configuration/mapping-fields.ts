import * as z from "zod";

/** A mapping as it is written, checked or not. */
export type WrittenMapping = Record<string, unknown>;

const objectSchema = z.record(z.string(), z.unknown());

/**
 * The mapping with one Klaviyo field filled, or no longer filled (undefined). `location.city` is a part of the
 * location, `properties.Points` the property of that name.
 */
export function withField(
  mapping: WrittenMapping,
  klaviyoField: string,
  value: unknown,
): WrittenMapping {
  const dot = klaviyoField.indexOf(".");
  if (dot === -1) {
    return withEntry(mapping, klaviyoField, value);
  }
  const group = klaviyoField.slice(0, dot);
  const inner = objectSchema.safeParse(mapping[group]).data ?? {};
  const changed = withEntry(inner, klaviyoField.slice(dot + 1), value);
  return withEntry(mapping, group, Object.keys(changed).length === 0 ? undefined : changed);
}

function withEntry(mapping: WrittenMapping, name: string, value: unknown): WrittenMapping {
  const { [name]: _before, ...others } = mapping;
  return value === undefined ? others : { ...others, [name]: value };
}

/** One Klaviyo field that a mapping fills. */
export interface MappingLine {
  /** As `withField` takes it. */
  readonly klaviyoField: string;
  readonly field: string;
  /** What else is said of it. */
  readonly rules: Readonly<Record<string, unknown>>;
}

const ruleSchema = z.object({ field: z.string() }).loose();

/** A mapping field by field, in the order in which it is written. */
export function mappingLines(mapping: object): readonly MappingLine[] {
  return Object.entries(mapping).flatMap(([name, value]): MappingLine[] => {
    const isGroup = name === "location" || name === "properties";
    return isGroup
      ? Object.entries(objectSchema.parse(value)).map(([inner, innerValue]) =>
          lineOf(`${name}.${inner}`, innerValue),
        )
      : [lineOf(name, value)];
  });
}

function lineOf(klaviyoField: string, value: unknown): MappingLine {
  const { field, ...rules } = ruleSchema.parse(
    typeof value === "string" ? { field: value } : value,
  );
  return { klaviyoField, field, rules };
}

/** `phone_number ← Mobile (defaultCountry DE)` */
export function mappingText(mapping: object): string {
  return mappingLines(mapping)
    .map(({ klaviyoField, field, rules }) => {
      const told = Object.entries(rules).map(([name, rule]) => `${name} ${String(rule)}`);
      return `${klaviyoField} ← ${field}${told.length === 0 ? "" : ` (${told.join(", ")})`}`;
    })
    .join("\n");
}
