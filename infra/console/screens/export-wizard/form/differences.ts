/** A setting that two versions of an export have differently; undefined where one has none. */
export interface Difference {
  /** The way to it: `mapping.properties.Tier`. */
  readonly setting: string;
  readonly one: string | undefined;
  readonly other: string | undefined;
}

/** What differs between two versions of the same settings, leaf by leaf; lists are compared as a whole. */
export function differences(one: object, other: object): readonly Difference[] {
  const left = leavesOf(one);
  const right = leavesOf(other);
  return [...new Set([...left.keys(), ...right.keys()])].toSorted().flatMap((setting) => {
    const both = { setting, one: left.get(setting), other: right.get(setting) };
    return both.one === both.other ? [] : [both];
  });
}

function leavesOf(value: object, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
      const way = before === "" ? name : `${before}.${name}`;
      if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
        return [...leavesOf(inner, way)];
      }
      return inner === undefined ? [] : [[way, textOf(inner)] as const];
    }),
  );
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(String).join(", ");
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
