import Table from "cli-table3";
import type { Terminal } from "../terminal/terminal";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "right";
}

/** No lines around the cells: what is printed can be cut and pasted. */
const noLines = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" },
  middle: "  ",
};

/** Rows with a title above each column; the sentence `none` when there are none. */
export function table<Row>(
  { colors }: Pick<Terminal, "colors">,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  none: string,
): string {
  if (rows.length === 0) {
    return none;
  }
  const made = new Table({
    head: columns.map(({ title }) => colors.bold(title)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  made.push(...rows.map((row) => columns.map(({ value }) => value(row))));
  return withoutTrailingSpace(made.toString());
}

/** One thing: names on the left, what they are on the right. Lines without a value are left out. */
export function properties(
  { colors }: Pick<Terminal, "colors">,
  lines: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const shown = lines.filter(([, value]) => value !== undefined && value !== "");
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value]) => {
      const [first = "", ...others] = (value ?? "").split("\n");
      return [
        `${colors.bold(name.padEnd(width))}  ${first}`,
        ...others.map((other) => `${" ".repeat(width)}  ${other}`),
      ].join("\n");
    })
    .join("\n");
}

function withoutTrailingSpace(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
