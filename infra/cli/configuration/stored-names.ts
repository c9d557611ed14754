import * as z from "zod";
import { shownNameSchema } from "../../../shared/contract/request-parts";
import {
  hidesCharacters,
  showPlainly,
  withoutHidden,
} from "../../../shared/domain/text/plain-text";
import { redact } from "../../../shared/domain/text/redaction";

/**
 * A name as the API takes names today: as it is, or, where an older one holds what no name may any more, without
 * that. Files say names so, and what is stored is told apart by the same.
 */
export function acceptedName(stored: string): string {
  const asItIs = shownNameSchema.safeParse(stored);
  if (asItIs.success) {
    return asItIs.data;
  }
  const plain = redact(withoutHidden(stored)).normalize("NFC").slice(0, LONGEST).trim();
  return plain === "" ? showPlainly(stored).slice(0, LONGEST) : plain;
}

const LONGEST = 100;

const mappingSchema = z
  .object({ properties: z.record(z.string(), z.unknown()).optional() })
  .loose();

/** A mapping whose properties have names that the API takes today. */
export function acceptedMapping(stored: unknown): Record<string, unknown> {
  const { properties, ...others } = mappingSchema.parse(stored);
  return properties === undefined
    ? others
    : {
        ...others,
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, rule]) => [acceptedProperty(name), rule]),
        ),
      };
}

/** Whether {@link acceptedMapping} changes a name. */
export function hasOldProperties(stored: unknown): boolean {
  return Object.keys(mappingSchema.parse(stored).properties ?? {}).some(hidesCharacters);
}

function acceptedProperty(name: string): string {
  if (!hidesCharacters(name)) {
    return name;
  }
  const plain = withoutHidden(name).trim();
  return plain === "" ? showPlainly(name) : plain;
}
