import { findField, plainFieldName } from "../../../../domain/segments/find-field";
import type { SampledField } from "../field-types";

/**
 * One field for each name over all files; text where its type differs between them. Names are matched as a mapping
 * does: `Email` of one file is `email` of another.
 */
export function unite(sampled: readonly (readonly SampledField[])[]): readonly SampledField[] {
  const fields = new Map<string, SampledField>();
  for (const ofFile of sampled) {
    const before = [...fields.keys()];
    const here = ofFile.map(({ name }) => name);
    for (const field of ofFile) {
      const alone =
        here.filter((name) => plainFieldName(name) === plainFieldName(field.name)).length === 1;
      const known = alone ? before[findField(before, field.name) ?? -1] : undefined;
      const name = known ?? field.name;
      fields.set(name, united(name, fields.get(name), field));
    }
  }
  return [...fields.values()];
}

function united(name: string, before: SampledField | undefined, field: SampledField): SampledField {
  const seen = before?.cells.some((cell) => cell !== "") === true;
  const here = field.cells.some((cell) => cell !== "");
  const type =
    !seen || (here && before.type === field.type) ? field.type : here ? "text" : before.type;
  return { name, type, cells: [...(before?.cells ?? []), ...field.cells] };
}
