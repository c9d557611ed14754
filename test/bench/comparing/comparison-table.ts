import { markdownTable, quantity } from "../table";
import type { ComparisonReport } from "./compare";
import type { Comparison } from "./comparison";
import type { Spread } from "./spread";

const comparisonHeaders = [
  "Measure",
  "Profiles",
  "Before",
  "Now",
  "Ratio",
  "By calibration",
] as const;

/** The comparison for people. */
export function describeComparison({
  commit,
  times,
  loadBefore,
  calibration,
  rows,
  notes,
}: ComparisonReport): string {
  return [
    `Compared with ${commit.slice(0, 10)}, in turn, ${String(times)} times each; load before: ` +
      `${loadBefore.toFixed(1)}; calibration: ${spreadCell(calibration, "s")}. ` +
      "Each cell: the median (least to most).",
    markdownTable(comparisonHeaders, rows.map(cellsOf)),
    ...notes,
  ].join("\n\n");
}

function cellsOf({ measure, profiles, unit, figures, ratio, calibrated }: Comparison): string[] {
  return [
    measure,
    profiles === null ? "" : profiles.toLocaleString("en"),
    spreadCell(figures.other, unit),
    spreadCell(figures.this, unit),
    spreadCell(ratio, "", 2),
    spreadCell(calibrated, "", 2),
  ];
}

function spreadCell(spread: Spread | undefined, unit: string, digits?: number): string {
  if (spread === undefined) {
    return "–";
  }
  const text = (value: number): string =>
    digits === undefined ? quantity(value, unit) : value.toFixed(digits);
  const { least, median, most } = spread;
  return text(least) === text(most)
    ? text(median)
    : `${text(median)} (${text(least)} to ${text(most)})`;
}
