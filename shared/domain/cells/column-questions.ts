import type { ConsentTimeField } from "../profiles/consent-time";
import { mappedFields, type FieldMapping } from "../exports/field-mapping";
import type { Questions } from "./column-observer";

/** What of a column has to be known before its cells can be read, by the segment fields that a mapping names. */
export function questionsOf(
  mapping: FieldMapping,
  consentTime: ConsentTimeField | undefined,
): ReadonlyMap<string, Questions> {
  const questions = new Map<string, Questions>();
  const ask = (field: string, more: Questions): void => {
    questions.set(field, { ...questions.get(field), ...more });
  };
  for (const { field, rule } of mappedFields(mapping)) {
    if (rule.kind === "text" || rule.kind === "externalId") {
      ask(field, {});
    } else if (rule.kind === "phone" && rule.defaultCountry !== undefined) {
      ask(field, { countryCode: true });
    } else if (rule.kind === "property") {
      if (rule.type === undefined || rule.type === "text") {
        ask(field, {});
      } else if (rule.type === "number" && rule.decimal === undefined) {
        ask(field, { decimal: true });
      } else if (rule.type === "date" && rule.format === undefined) {
        ask(field, { dateOrder: true });
      }
    }
  }
  if (consentTime !== undefined && consentTime.format === undefined) {
    ask(consentTime.field, { dateOrder: true });
  }
  return questions;
}
