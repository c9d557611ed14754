import * as z from "zod";
import type { ColumnReading } from "../cells/column-habit";
import { segmentNameSchema } from "../segments/segment";
import { findField } from "../segments/find-field";
import {
  fieldMappingSchema,
  mappedFields,
  type FieldMapping,
  type MappedField,
} from "./field-mapping";

/**
 * What a mapping has to say of a field, since its values can be read in several ways. Until it does, these values are
 * left out of the profiles: none is guessed.
 */
export const mappingQuestionSchema = z.object({
  segment: segmentNameSchema,
  /** The segment's field. */
  field: z.string(),
  /** What it fills, as people write it: `phone_number`, `properties.Points`. */
  attribute: z.string(),
  /** What is to be said of it in the mapping. */
  setting: z.enum(["decimal", "format", "defaultCountry"]),
  /** Values of the setting that would read the field; empty where only a person can know any. */
  choices: z.array(z.string()).readonly(),
});
export type MappingQuestion = z.infer<typeof mappingQuestionSchema>;

/** A question of the mapping, whichever of the segments it is about. */
export type OpenQuestion = Omit<MappingQuestion, "segment">;

/** What was found of a segment's fields when it was last described. */
export type FieldReadings = ReadonlyMap<string, ColumnReading>;

/** Whether the mapping leaves anything to what the segments' columns show. */
export function leavesQuestions(mapping: FieldMapping): boolean {
  return mappedFields(mapping).some((mapped) => settingLeft(mapped) !== undefined);
}

/** What the mapping leaves unsaid and the segment's columns don't show, in the mapping's order. */
export function mappingQuestions(
  mapping: FieldMapping,
  segment: string,
  readings: FieldReadings,
): readonly MappingQuestion[] {
  const names = [...readings.keys()];
  return mappedFields(mapping).flatMap((mapped): MappingQuestion[] => {
    const setting = settingLeft(mapped);
    const reading = readings.get(names[findField(names, mapped.field) ?? -1] ?? "");
    const choices =
      setting === undefined || reading === undefined ? undefined : choicesOf(setting, reading);
    return setting === undefined || choices === undefined
      ? []
      : [{ segment, field: mapped.field, attribute: mapped.attribute, setting, choices }];
  });
}

/** A segment as it was described, as far as questions of a mapping go. */
export interface DescribedFields {
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    readonly reading?: ColumnReading | undefined;
  }[];
}

/**
 * What a mapping leaves open that the segments' columns don't show, each once, with the choices of all segments. A
 * mapping that is not valid yet leaves nothing open.
 */
export function openQuestions(
  mapping: object,
  described: readonly DescribedFields[],
): readonly OpenQuestion[] {
  const checked = fieldMappingSchema.safeParse(mapping);
  if (!checked.success) {
    return [];
  }
  const questions = new Map<string, OpenQuestion>();
  for (const { name: segment, fields } of described) {
    const readings = new Map(fields.map(({ name, reading = {} }) => [name, reading]));
    for (const question of mappingQuestions(checked.data, segment, readings)) {
      const { attribute, choices } = question;
      const before = questions.get(attribute)?.choices ?? [];
      questions.set(attribute, { ...question, choices: [...new Set([...before, ...choices])] });
    }
  }
  return [...questions.values()];
}

/** What could be said of a field besides, and is not; one thing at most. */
function settingLeft({ rule }: MappedField): MappingQuestion["setting"] | undefined {
  if (rule.kind === "phone") {
    return rule.defaultCountry === undefined ? "defaultCountry" : undefined;
  }
  if (rule.kind !== "property" || rule.type === "list") {
    return undefined;
  }
  if (rule.type === "number") {
    return rule.decimal === undefined ? "decimal" : undefined;
  }
  return rule.type === "date" && rule.format === undefined ? "format" : undefined;
}

/** Undefined where the column shows it. */
function choicesOf(
  setting: MappingQuestion["setting"],
  { unclear = [], formats = [], withoutCountry = false }: ColumnReading,
): readonly string[] | undefined {
  switch (setting) {
    case "decimal":
      return unclear.includes("decimal") ? [".", ","] : undefined;
    case "format":
      return unclear.includes("format") ? formats : undefined;
    case "defaultCountry":
      return withoutCountry ? [] : undefined;
  }
}
