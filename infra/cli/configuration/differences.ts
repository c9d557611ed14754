import diff from "microdiff";
import type { Difference } from "./plan";

/** Fields whose parts mean nothing apart: a Klaviyo list by its id is not half of one by its name. */
const whole: ReadonlySet<string> = new Set(["list", "recurrence", "marker", "place", "federated"]);

/** Where two entries differ, field by field; an array counts as one value, because its order does. */
export function differences(
  from: Readonly<Record<string, unknown>>,
  to: Readonly<Record<string, unknown>>,
): readonly Difference[] {
  const found = new Map<string, Difference>();
  for (const { path } of diff(from, to)) {
    const end = path.findIndex(
      (step, at) => typeof path[at + 1] === "number" || whole.has(String(step)),
    );
    const steps = (end === -1 ? path : path.slice(0, end + 1)).map(String);
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
