import { mappedFields, type FieldMapping } from "../exports/field-mapping";
import type { Subscription } from "../exports/subscription";

/** Where it is said when a member consented. */
export interface ConsentTimeField {
  readonly field: string;
  /** How it is written there, if the mapping says so. */
  readonly format: string | undefined;
}

/**
 * The field that holds when a member consented, of an export that imports consents from before: only mapped
 * fields are read, so the field is mapped as a property. Undefined when it is not, or not needed.
 */
export function consentTimeField(
  subscription: Pick<Subscription, "historicalImport"> & { consentedAtField?: string },
  mapping: FieldMapping,
): ConsentTimeField | undefined {
  if (!subscription.historicalImport) {
    return undefined;
  }
  const properties = mappedFields(mapping).filter(
    ({ group, field }) => group === "properties" && field === subscription.consentedAtField,
  );
  const [first] = properties;
  const formats = properties.flatMap(({ rule }) =>
    rule.kind === "property" && rule.type === "date" && rule.format !== undefined
      ? [rule.format]
      : [],
  );
  return first === undefined ? undefined : { field: first.field, format: formats[0] };
}
