import { refusedByKlaviyo } from "./dropped-values";
import { mappedFields, type FieldMapping } from "../../exports/field-mapping";
import { problem, type Problem } from "../../problems/problem";

/** The warnings of a run some of whose values Klaviyo did not take. */
export function leftOutWarnings(
  mapping: FieldMapping,
  {
    refused,
    ignored,
  }: {
    refused: readonly { attribute: string; count: number }[];
    ignored: readonly string[];
  },
): readonly Problem[] {
  const fieldsOf = (attribute: string): string =>
    [
      ...new Set(
        mappedFields(mapping)
          .filter((one) => one.attribute === attribute || one.attribute.startsWith(`${attribute}.`))
          .map(({ field }) => field),
      ),
    ].join(", ");
  return [
    ...refused.map(({ attribute, count }) =>
      problem("valuesDropped", {
        count,
        attribute,
        field: fieldsOf(attribute),
        ...refusedByKlaviyo,
      }),
    ),
    ...ignored.map((attribute) =>
      problem("valuesIgnored", { attribute, field: fieldsOf(attribute) }),
    ),
  ];
}
