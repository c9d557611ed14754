import { mappedFields, type FieldMapping } from "./field-mapping";
import { problem, type Problem } from "./problem";

/** Why a value is left out that this system takes for a good one. */
const REFUSED = {
  reason: "refusedByKlaviyo",
  text: "holds a value there that Klaviyo does not take",
} as const;

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
      problem("valuesDropped", { count, attribute, field: fieldsOf(attribute), ...REFUSED }),
    ),
    ...ignored.map((attribute) =>
      problem("valuesIgnored", { attribute, field: fieldsOf(attribute) }),
    ),
  ];
}
