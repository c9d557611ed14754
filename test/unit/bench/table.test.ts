import { describe, expect, it } from "@jest/globals";
import { benchReportSchema, benchRow } from "../../bench/json";
import { readBenchOptions } from "../../bench/options";
import { benchCells, benchHeaders, markdownTable, quantity } from "../../bench/table";

describe("benchRow", () => {
  it("is met when the ratio to the floor is within the aim", () => {
    const row = (figure: number) =>
      benchRow({ measure: "run", figure, floor: 10, aim: { of: "ratio", atMost: 1.5 } });
    expect(row(15)).toMatchObject({ ratio: 1.5, met: true });
    expect(row(15.1)).toMatchObject({ met: false });
  });

  it("is met when the figure itself is within the aim", () => {
    const row = (figure: number) =>
      benchRow({ measure: "answers 429", figure, aim: { of: "figure", atMost: 0 } });
    expect(row(0)).toMatchObject({ ratio: null, met: true });
    expect(row(1)).toMatchObject({ met: false });
  });

  it("is met by one number only when that is the aim", () => {
    const row = (figure: number) =>
      benchRow({ measure: "removed", figure, aim: { of: "count", exactly: 1_000 } });
    expect([999, 1_000, 1_001].map((figure) => row(figure).met)).toEqual([false, true, false]);
    expect(benchCells([row(1_000)])[0]).toContain("= 1,000");
  });

  it("says nothing of being met without an aim", () => {
    expect(benchRow({ measure: "read", figure: 3 }).met).toBeNull();
  });
});

describe("the table", () => {
  const rows = [
    benchRow({
      measure: "run to `completedWithWarnings`",
      profiles: 10_000_000,
      figure: 407.3,
      unit: "s",
      floor: 370,
      aim: { of: "ratio", atMost: 1.1 },
    }),
    benchRow({
      measure: "AWS requests and compute, a million",
      profiles: 1_000_000,
      figure: 0.0031,
      unit: "$",
      aim: { of: "figure", atMost: 0.005 },
    }),
  ];
  const table = markdownTable(benchHeaders, benchCells(rows));

  it("shows floor, figure, ratio, aim and whether it is met", () => {
    expect(benchCells(rows)).toEqual([
      [
        ...["run to `completedWithWarnings`", "10,000,000", "370 s", "407 s", "1.10"],
        ...["≤ 1.1 ×", "NO"],
      ],
      [
        ...["AWS requests and compute, a million", "1,000,000", "", "$0.00310", ""],
        ...["≤ $0.00500", "yes"],
      ],
    ]);
  });

  it("can be read in a hundred columns", () => {
    for (const line of table.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });
});

it.each([
  [0, "s", "0 s"],
  [0.0734, "s", "0.073 s"],
  [5.25, "s", "5.3 s"],
  [4_096, "MB", "4,096 MB"],
  [0.000311, "$", "$0.00031"],
  [7.811, "$", "$7.81"],
])("writes %d %s as %s", (value, unit, text) => {
  expect(quantity(value, unit)).toBe(text);
});

describe("options", () => {
  it("measures growing sizes up to a million by default", () => {
    expect(readBenchOptions([])).toMatchObject({ sizes: [10_000, 100_000, 1_000_000], only: [] });
  });

  it("takes sizes in any order, and names of measures", () => {
    expect(readBenchOptions(["--sizes", "2000,10,2000", "--only", "speed,cost"])).toMatchObject({
      sizes: [10, 2_000],
      only: ["speed", "cost"],
    });
  });

  it.each([[["--sizes", "many"]], [["--sizes", "0"]], [["--no-such-option"]]])(
    "refuses %j",
    (parameters) => {
      expect(() => readBenchOptions(parameters)).toThrow();
    },
  );
});

it("a report without its rows is refused", () => {
  expect(benchReportSchema.safeParse({ measuredAt: new Date().toISOString() }).success).toBe(false);
});
