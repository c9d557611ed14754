import type { Step } from "../configuration/plan";
import type { Terminal } from "../terminal/terminal";

/** What would be done, field by field. */
export function describePlan({ colors }: Pick<Terminal, "colors">, steps: readonly Step[]): string {
  const changing = steps.filter(({ kind }) => kind !== "unchanged");
  if (changing.length === 0) {
    return "Nothing to change.";
  }
  return [...changing.map((step) => describeStep(colors, step)), "", summary(steps)].join("\n");
}

function describeStep(colors: Terminal["colors"], { kind, what, name, differences }: Step): string {
  switch (kind) {
    case "create":
      return [
        colors.green(`+ ${what} ${name}`),
        ...differences.map(({ path, to }) => `    ${path}: ${valueText(to)}`),
      ].join("\n");
    case "change":
      return [
        colors.yellow(`~ ${what} ${name}`),
        ...differences.map(
          ({ path, from, to }) =>
            `    ${path}: ${colors.red(valueText(from))} → ${colors.green(valueText(to))}`,
        ),
      ].join("\n");
    case "delete":
      return colors.red(`- ${what} ${name}`);
    case "unchanged":
      return `  ${what} ${name}`;
  }
}

function summary(steps: readonly Step[]): string {
  const number = (kind: Step["kind"]): number => steps.filter((step) => step.kind === kind).length;
  return `To create: ${number("create")}, to change: ${number("change")}, to delete: ${number("delete")}, unchanged: ${number("unchanged")}.`;
}

function valueText(value: unknown): string {
  if (value === undefined) {
    return "(none)";
  }
  if (Array.isArray(value)) {
    return `[${value.map(valueText).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${valueText(inner)}`)
      .join(", ")}}`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
