import { describe, expect, it } from "@jest/globals";
import { unknownMeasures } from "../../../bench/comparing/bench-of";
import { calibrate } from "../../../bench/comparing/calibration";
import {
  compareRuns,
  sidesInTurn,
  type Side,
  type SideRun,
} from "../../../bench/comparing/comparison";
import { describeComparison } from "../../../bench/comparing/comparison-table";
import { spreadOf } from "../../../bench/comparing/spread";

const row = (figure: number, measure = "run", unit = "s") => ({
  ...{ measure, profiles: 1_000, figure, unit },
});
const run = (side: Side, pair: number, figure: number, calibration = 1): SideRun => ({
  ...{ side, pair, calibration, rows: [row(figure)] },
});

describe("a spread", () => {
  it("is the least, the middle one and the most", () => {
    expect(spreadOf([3, 1, 10])).toEqual({ least: 1, median: 3, most: 10 });
  });

  it("has its middle between two when they are even in number", () => {
    expect(spreadOf([4, 1, 10, 2])).toEqual({ least: 1, median: 3, most: 10 });
  });

  it("is none of nothing", () => {
    expect(spreadOf([])).toBeUndefined();
  });
});

describe("two checkouts", () => {
  it("are measured in turn, so that neither is always first", () => {
    expect(sidesInTurn(3).map(({ side, pair }) => `${side} ${String(pair)}`)).toEqual([
      ...["this 0", "other 0", "other 1", "this 1", "this 2", "other 2"],
    ]);
  });

  it("are compared by pairs: a machine that gets slower slows both", () => {
    const runs = [
      ...[run("this", 0, 9), run("other", 0, 10)],
      ...[run("other", 1, 100), run("this", 1, 80)],
      ...[run("this", 2, 700), run("other", 2, 1_000)],
    ];
    expect(compareRuns(runs)).toEqual([
      {
        ...{ measure: "run", profiles: 1_000, unit: "s" },
        figures: {
          this: { least: 9, median: 80, most: 700 },
          other: { least: 10, median: 100, most: 1_000 },
        },
        ratio: { least: 0.7, median: 0.8, most: 0.9 },
        calibrated: { least: 9, median: 80, most: 700 },
      },
    ]);
  });

  it("have each time of this one by the calibration of the same minutes", () => {
    const [compared] = compareRuns([
      ...[run("this", 0, 10, 0.5), run("other", 0, 10, 0.5)],
      ...[run("this", 1, 30, 1.5), run("other", 1, 30, 1.5)],
    ]);
    expect(compared?.calibrated).toEqual({ least: 20, median: 20, most: 20 });
  });

  it("have no multiple of a time where the figure is none", () => {
    const rows = [row(116, "memory", "MB")];
    const [compared] = compareRuns([{ side: "this", pair: 0, calibration: 2, rows }]);
    expect(compared?.calibrated).toBeUndefined();
  });

  it("keep the rows that one of them lacks, without a ratio", () => {
    const lone = compareRuns([run("this", 0, 4), { ...run("other", 0, 1), rows: [] }]);
    expect(lone).toMatchObject([{ figures: { other: undefined }, ratio: undefined }]);
    expect(describeComparison(aReport(lone))).toMatch(/\| run +\| +1,000 \| +– \| +4 s \| +– \|/);
  });

  it("have no ratio to nothing", () => {
    expect(compareRuns([run("this", 0, 0), run("other", 0, 0)])[0]?.ratio).toBeUndefined();
  });
});

const aReport = (rows: ReturnType<typeof compareRuns>) => ({
  ...{ commit: "0123456789abcdef", times: 2, loadBefore: 0.4, rows, notes: ["A note."] },
  calibration: { least: 0.5, median: 0.6, most: 0.7 },
});

describe("the table of a comparison", () => {
  const table = describeComparison(
    aReport(
      compareRuns([
        ...[run("this", 0, 9, 3), run("other", 0, 10, 3)],
        ...[run("other", 1, 10, 3), run("this", 1, 8, 4)],
      ]),
    ),
  );

  it("has figures, ratios and multiples with their spread", () => {
    const cells = table.split("\n").find((line) => line.startsWith("| run"))!;
    expect(cells.split("|").map((cell) => cell.trim())).toEqual([
      ...["", "run", "1,000", "10 s", "8.5 s (8 s to 9 s)", "0.85 (0.80 to 0.90)"],
      ...["2.50 (2.00 to 3.00)", ""],
    ]);
  });

  it("says with what, how often and on what kind of machine", () => {
    expect(table).toContain("Compared with 0123456789, in turn, 2 times each; load before: 0.4");
    expect(table).toContain("calibration: 0.600 s (0.500 s to 0.700 s)");
    expect(table).toContain("A note.");
  });
});

it("a bench that lacks a measure is told by what it says", () => {
  const said = "There is no measure full-mapping, sources; there are:\n  speed: start of a run";
  expect(unknownMeasures(said)).toEqual(["full-mapping", "sources"]);
  expect(unknownMeasures("TypeError: x is not a function")).toEqual([]);
});

it("the calibration comes to a time", async () => {
  expect(await calibrate(10)).toBeGreaterThan(0);
});
