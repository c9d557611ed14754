import { stringify } from "yaml";
import type { Terminal } from "../terminal/terminal";

export const outputFormats = ["table", "json", "yaml"] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Prints a result: for a person as `describe` says, for a program as the API answered. */
export function printResult<Value>(
  terminal: Terminal,
  format: OutputFormat,
  value: Value,
  describe: (value: Value) => string,
): void {
  switch (format) {
    case "table":
      return terminal.print(describe(value));
    case "json":
      return terminal.print(JSON.stringify(value, undefined, 2));
    case "yaml":
      return terminal.print(asYaml(value));
  }
}

export function asYaml(value: unknown): string {
  return stringify(value, { lineWidth: 110, aliasDuplicateObjects: false }).trimEnd();
}
