import type { FieldMapping } from "./field-mapping";
import { looksPersonal } from "../text/personal-name";

type MappedTo = string | { readonly field: string } | undefined;

/**
 * Where in a mapping a field is named by what is rather somebody's address, number or birthday: a first row that was
 * taken for a header. A mapping is shown to everybody, and must not hold it. Paths as they are written.
 */
export function personalNames(mapping: FieldMapping): readonly (readonly string[])[] {
  const { location = {}, properties = {}, ...fields } = mapping;
  return [
    ...Object.entries(fields).flatMap(named([])),
    ...Object.entries(location).flatMap(named(["location"])),
    ...Object.entries(properties).flatMap(named(["properties"])),
  ];
}

function named(
  group: readonly string[],
): (entry: readonly [string, MappedTo]) => readonly (readonly string[])[] {
  return ([name, to]) => {
    if (to === undefined) {
      return [];
    }
    const [field, path] =
      typeof to === "string" ? [to, [...group, name]] : [to.field, [...group, name, "field"]];
    return looksPersonal(field) ? [path] : [];
  };
}
