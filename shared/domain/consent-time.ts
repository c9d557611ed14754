import { mappedFields, type FieldMapping } from "./field-mapping";
import type { Subscription } from "./subscription";

/**
 * The custom property that holds when a member consented, of an export that imports consents from before:
 * only mapped fields are read, so the field is mapped as one. Undefined when it is not, or not needed.
 */
export function consentProperty(
  subscription: Pick<Subscription, "historicalImport"> & { consentedAtField?: string },
  mapping: FieldMapping,
): string | undefined {
  return subscription.historicalImport
    ? mappedFields(mapping).find(
        ({ group, field }) => group === "properties" && field === subscription.consentedAtField,
      )?.name
    : undefined;
}
