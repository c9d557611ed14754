import { PROFILE_MAX_BYTES } from "./chunk";
import { mappedFields, type FieldMapping, type MappedField } from "./field-mapping";
import {
  createValueReader,
  isDropReason,
  type DropReason,
  type PhoneReader,
  type ValueReader,
} from "./profile-values";

/** Builds what follows the email in the JSON text of each profile that Klaviyo is sent. */
export interface ProfileComposer {
  /** The segment fields that are read, each once. */
  readonly fields: readonly string[];
  /** @param valueOf the record's value of one of `fields`: text, or what a typed source holds */
  compose(valueOf: (field: number) => unknown): ComposedProfile;
}

export interface ComposedProfile {
  /**
   * What follows `{"type":"profile","attributes":{"email":"…"`, with the closing braces. Never a line break
   * or another control character. Empty when it alone is larger than Klaviyo takes a profile.
   */
  readonly attributes: string;
  /** The values left out, as `field:reason` parted by spaces (`readDrop` reads one); mostly empty. */
  readonly dropped: string;
}

/** A value that was left out of a profile. */
export interface Drop {
  /** The field's place among the mapped fields. */
  readonly index: number;
  readonly field: MappedField;
  readonly reason: DropReason;
}

interface Part {
  readonly key: string;
  readonly field: number;
  readonly index: number;
  readonly read: ValueReader;
  readonly unset: string | undefined;
}

/** Makes the composer of a mapping that maps more than the email. */
export function createProfileComposer(
  mapping: FieldMapping,
  readPhone: PhoneReader,
): ProfileComposer {
  const mapped = mappedFields(mapping);
  const fields = [...new Set(mapped.map(({ field }) => field))];
  const partsOf = (group: MappedField["group"]): readonly Part[] =>
    mapped.flatMap((entry, index) =>
      entry.group === group
        ? {
            key: `${JSON.stringify(entry.name)}:`,
            field: fields.indexOf(entry.field),
            index,
            read: createValueReader(entry.rule, readPhone),
            unset: entry.empty === "clear" ? JSON.stringify(entry.name) : undefined,
          }
        : [],
    );
  const profile = partsOf("profile");
  const location = partsOf("location");
  const properties = partsOf("properties");

  let dropped = "";
  let unset = "";
  const textOf = (parts: readonly Part[], valueOf: (field: number) => unknown): string => {
    let text = "";
    for (const part of parts) {
      const value = part.read(valueOf(part.field));
      switch (value.kind) {
        case "value":
          text += `${text === "" ? "" : ","}${part.key}${value.json}`;
          break;
        case "empty":
          if (part.unset !== undefined) {
            unset += `${unset === "" ? "" : ","}${part.unset}`;
          }
          break;
        case "dropped":
          dropped += `${dropped === "" ? "" : " "}${part.index}:${value.reason}`;
          break;
      }
    }
    return text;
  };

  return {
    fields,
    compose(valueOf) {
      dropped = "";
      unset = "";
      const own = textOf(profile, valueOf);
      const within = textOf(location, valueOf);
      const custom = textOf(properties, valueOf);
      const attributes =
        (own === "" ? "" : `,${own}`) +
        (within === "" ? "" : `,"location":{${within}}`) +
        (custom === "" ? "" : `,"properties":{${custom}}`) +
        (unset === "" ? "}}" : `},"meta":{"patch_properties":{"unset":[${unset}]}}}`);
      return { attributes: isTooLarge(attributes) ? "" : attributes, dropped };
    },
  };
}

/** A character takes at most three bytes, so most texts need not be measured. */
function isTooLarge(text: string): boolean {
  return text.length * 3 > PROFILE_MAX_BYTES && Buffer.byteLength(text) > PROFILE_MAX_BYTES;
}

const DROP = /^(\d+):(\w+)$/;

/** Reads one part of `ComposedProfile.dropped` back. */
export function readDrop(mapping: FieldMapping, dropped: string): Drop {
  const [, index, reason = ""] = DROP.exec(dropped) ?? [];
  const field = mappedFields(mapping)[Number(index)];
  if (field === undefined || !isDropReason(reason)) {
    throw new Error("a value was left out in a way that this mapping can't have");
  }
  return { index: Number(index), field, reason };
}
