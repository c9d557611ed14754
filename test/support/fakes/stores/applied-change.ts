import type { Change, Effects, Requirement } from "../../../../shared/domain/runs/lifecycle/change";

type Item = Readonly<Record<string, unknown>>;

/** The item as a change makes it; undefined if what must hold of it does not. */
export function appliedChange<State extends string, Stored>(
  item: Item,
  { requires, effects }: Change<State, Stored>,
): Item | undefined {
  return requires.every((requirement) => holds(item, requirement))
    ? withEffects(item, effects)
    : undefined;
}

function holds<Stored>(item: Item, requirement: Requirement<Stored>): boolean {
  if (requirement.is === "either") {
    return requirement.of.some((one) => holds(item, one));
  }
  const value = valueAt(item, requirement.attribute);
  switch (requirement.is) {
    case "absent":
      return value === undefined;
    case "present":
      return value !== undefined;
    case "equal":
      return value === requirement.to;
    case "below":
      return typeof value === "number" && value < requirement.than;
    case "atMost":
      return typeof value === "number" && value <= requirement.than;
    case "without":
      return !(value instanceof Set && value.has(requirement.member));
  }
}

function valueAt(item: Item, attribute: string): unknown {
  return attribute
    .split(".")
    .reduce<unknown>((part, name) => (part as Item | undefined)?.[name], item);
}

function withEffects<Stored>(item: Item, effects: Effects<Stored>): Item {
  const { set, setWithin, setOnce, add, include, append, remove = [] } = effects;
  const changed: Record<string, unknown> = { ...item };
  const each = (part: object | undefined, change: (name: string, value: any) => void): void => {
    for (const [name, value] of Object.entries(part ?? {})) {
      if (value !== undefined) change(name, value);
    }
  };
  each(set, (name, value) => (changed[name] = value));
  each(setWithin, (path, value) => {
    const [name = "", within = ""] = path.split(".");
    changed[name] = { ...(changed[name] as Item), [within]: value };
  });
  each(setOnce, (name, value) => (changed[name] ??= value));
  each(add, (name, value) => (changed[name] = Number(changed[name] ?? 0) + Number(value)));
  each(include, (name, value) => {
    changed[name] = new Set([...((changed[name] as Set<number> | undefined) ?? []), ...value]);
  });
  each(append, (name, value) => (changed[name] = [...(changed[name] as unknown[]), ...value]));
  return Object.fromEntries(
    Object.entries(changed).filter(([name]) => !remove.some((removed) => removed === name)),
  );
}
