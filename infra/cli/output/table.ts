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
  /** Of sentences: broken down to this width before any column is left out. */
  readonly breaksDownTo?: number;
  /** Not broken within a word, such as ids, which are to be pasted; at a hyphen at most. */
  readonly whole?: true;
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
 * for all of it, sentences are broken between words, then what can be done without goes, then the widest columns
 * are broken.
 */
export function table<Row>(
  { colors, columns: width }: Pick<Terminal, "colors" | "columns">,
  all: readonly Column<Row>[],
  rows: readonly Row[],
  none: string,
): string {
  if (rows.length === 0) {
    return paragraph(none, width);
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
    ...rows.map((row) => columns.map(({ value }, at) => cellText(value(row), widths[at] ?? 0))),
  );
  return withoutTrailingSpace(made.toString());
}

function naturalWidth<Row>({ title, value }: Column<Row>, rows: readonly Row[]): number {
  return Math.max(title.length, ...rows.map((row) => stripVTControlCharacters(value(row)).length));
}

function widthOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  return columns.reduce(
    (sum, column) =>
      sum + Math.min(naturalWidth(column, rows), column.breaksDownTo ?? Infinity) + GAP,
    -GAP,
  );
}

/** No column of words is narrower than this, however narrow the terminal. */
const NARROWEST = 12;

/**
 * The widest column gives way, until all fit: between words as long as that does, then also within them. Numbers
 * stay whole.
 */
function fittingWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number | undefined,
): readonly number[] {
  const natural = columns.map((column) => naturalWidth(column, rows));
  if (width === undefined) {
    return natural;
  }
  const words = columns.map((column) => longestWord(column, rows));
  const unbroken = columns.map((column) => longestWord(column, rows, /\s|(?<=-)/));
  const least = columns.map(({ align, breaksDownTo = NARROWEST, title, whole = false }, at) =>
    align === "right" || whole
      ? (unbroken[at] ?? 0)
      : Math.min(words[at] ?? 0, Math.max(breaksDownTo, title.length)),
  );
  // A sentence keeps room for more than its longest word, lest it becomes a column of words.
  const sentences = columns.map(({ breaksDownTo = 0 }, at) =>
    Math.max(words[at] ?? 0, Math.min(breaksDownTo, natural[at] ?? 0)),
  );
  return [sentences, least].reduce<readonly number[]>(
    (widths, limit) => narrowed(widths, limit, width),
    natural,
  );
}

function narrowed(
  from: readonly number[],
  limits: readonly number[],
  width: number,
): readonly number[] {
  const widths = [...from];
  let excess = widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((each, at) => (each > (limits[at] ?? 0) ? each : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** The lines of a cell; a word that is longer than the cell is wide goes on in the next line. */
function cellText(text: string, width: number): string {
  return paragraph(text, width + 1)
    .split("\n")
    .flatMap((line) =>
      stripVTControlCharacters(line).length <= width ? [line] : brokenWord(line, width),
    )
    .join("\n");
}

/**
 * A name of several words, such as `completedWithWarnings`, breaks between them; others anywhere. It loses its
 * colour, whose marks must not be broken.
 */
function brokenWord(word: string, width: number): readonly string[] {
  return stripVTControlCharacters(word)
    .split(/(?<=\p{Ll})(?=\p{Lu})|(?<=-)/u)
    .flatMap((part) => part.match(new RegExp(`.{1,${width}}`, "gu")) ?? [])
    .reduce<readonly string[]>((lines, part) => {
      const last = lines.at(-1) ?? "";
      return last !== "" && last.length + part.length <= width
        ? [...lines.slice(0, -1), last + part]
        : [...lines, part];
    }, []);
}

function longestWord<Row>(
  { title, value }: Column<Row>,
  rows: readonly Row[],
  between = /\s/,
): number {
  const words = rows.flatMap((row) => stripVTControlCharacters(value(row)).split(between));
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
