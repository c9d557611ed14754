import type { BenchAim, BenchRow } from "./json";

export const benchHeaders = [
  "Measure",
  "Profiles",
  "Floor",
  "Figure",
  "Ratio",
  "Aim",
  "Met",
] as const;

/** The rows as cells under {@link benchHeaders}. */
export function benchCells(rows: readonly BenchRow[]): string[][] {
  return rows.map(({ measure, profiles, floor, figure, unit, ratio, aim, met }) => [
    measure,
    profiles === null ? "" : profiles.toLocaleString("en"),
    floor === null ? "" : quantity(floor, unit),
    quantity(figure, unit),
    ratio === null ? "" : ratio.toFixed(2),
    aim === null ? "" : aimCell(aim, unit),
    met === null ? "" : met ? "yes" : "NO",
  ]);
}

function aimCell(aim: BenchAim, unit: string): string {
  switch (aim.of) {
    case "figure":
      return `≤ ${quantity(aim.atMost, unit)}`;
    case "ratio":
      return `≤ ${aim.atMost} ×`;
    case "count":
      return `= ${quantity(aim.exactly, unit)}`;
  }
}

/** A number with as many digits as help, and its unit: `$` before, others behind. */
export function quantity(value: number, unit: string): string {
  if (unit === "$") return `$${value === 0 || value >= 0.1 ? value.toFixed(2) : value.toFixed(5)}`;
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 1 ? 1 : 3;
  const text = value.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === "" ? text : `${text} ${unit}`;
}

/**
 * A Markdown table whose columns are padded to the same width, as the formatter of the README writes them.
 * All columns but the first are aligned to the right.
 */
export function markdownTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = headers.map((header, column) =>
    Math.max(3, header.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths
      .map((width, column) => {
        const cell = cells[column] ?? "";
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(headers), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
