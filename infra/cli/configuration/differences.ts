import diff from "microdiff";
import type { Difference } from "./plan";

/** Where two entries differ, field by field; a list counts as one value, because its order does. */
export function differences(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const { path } of diff(from, to)) {
    const index = path.findIndex((step) => typeof step === "number");
    const steps = (index === -1 ? path : path.slice(0, index)).map(String);
    const name = steps.join(".");
    found.set(name, { path: name, from: valueAt(from, steps), to: valueAt(to, steps) });
  }
  return [...found.values()];
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null
        ? Object.entries(inner).find(([name]) => name === step)?.[1]
        : undefined,
    value,
  );
}
