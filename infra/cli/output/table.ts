import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";
import type { Terminal } from "../terminal/terminal";
import { paragraph } from "./words";

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string;
  readonly align?: "right";
  /** Left out where the terminal is too narrow for it, such as an id of what has a name. */
  readonly dispensable?: true;
}

const GAP = 2;

/** No lines around the cells: what is printed can be cut and pasted. */
const noLines = {
  ...{ top: "", "top-mid": "", "top-left": "", "top-right": "" },
  ...{ bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" },
  ...{ left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "" },
  middle: "  ",
};

/**
 * Rows with a title above each column; the sentence `none` when there are none. Where the terminal is too narrow
 * for all of it, what can be done without goes first, then the widest columns are broken between words.
 */
export function table<Row>(
  { colors, columns: width }: Pick<Terminal, "colors" | "columns">,
  all: readonly Column<Row>[],
  rows: readonly Row[],
  none: string,
): string {
  if (rows.length === 0) {
    return none;
  }
  const tooWide = (some: readonly Column<Row>[]): boolean =>
    width !== undefined && widthOf(some, rows) > width;
  let columns = all;
  while (tooWide(columns)) {
    const last = columns.findLastIndex(({ dispensable }) => dispensable === true);
    if (last === -1) break;
    columns = columns.toSpliced(last, 1);
  }
  const made = new Table({
    head: columns.map(({ title }) => colors.bold(title)),
    colAligns: columns.map(({ align }) => align ?? "left"),
    chars: noLines,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  const widths = fittingWidths(columns, rows, width);
  made.push(
    ...rows.map((row) =>
      columns.map(({ value }, at) => paragraph(value(row), (widths[at] ?? 0) + 1)),
    ),
  );
  return withoutTrailingSpace(made.toString());
}

function naturalWidth<Row>({ title, value }: Column<Row>, rows: readonly Row[]): number {
  return Math.max(title.length, ...rows.map((row) => stripVTControlCharacters(value(row)).length));
}

function widthOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  return columns.reduce((sum, column) => sum + naturalWidth(column, rows) + GAP, -GAP);
}

/** The widest column gives way, until all fit or none can be narrower: a word is never broken. */
function fittingWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): number[] {
  const widths = columns.map((column) => naturalWidth(column, rows));
  const least = columns.map((column) => longestWord(column, rows));
  let excess =
    width === undefined ? 0 : widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((each, at) => (each > (least[at] ?? 0) ? each : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function longestWord<Row>({ title, value }: Column<Row>, rows: readonly Row[]): number {
  const words = rows.flatMap((row) => stripVTControlCharacters(value(row)).split(/\s/));
  return Math.max(title.length, ...words.map((word) => word.length));
}

/** One thing: names on the left, what they are on the right. Lines without a value are left out. */
export function properties(
  { colors, columns }: Pick<Terminal, "colors" | "columns">,
  lines: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const shown = lines.filter(([, value]) => value !== undefined && value !== "");
  const width = Math.max(...shown.map(([name]) => name.length));
  return shown
    .map(([name, value]) => {
      const room = columns === undefined ? undefined : columns - width - GAP;
      const [first = "", ...others] = paragraph(value ?? "", room).split("\n");
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
