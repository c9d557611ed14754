import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  partitionOf,
  withPartitions,
} from "../../../../../../shared/domain/segments/folders/partition";
import { requireOneRun } from "../../../../../../shared/domain/segments/folders/dated-runs";

const fields = (name: string) =>
  Object.fromEntries(partitionOf(name).map(({ name: field, value }) => [field, value]));

describe("the fields of a path", () => {
  test.each([
    ["country=DE/part-0.csv", { country: "DE" }],
    ["a=1/b=2/part-0.csv", { a: "1", b: "2" }],
    ["v2/a=1/daily/part-0.csv", { a: "1" }],
    ["_x=1/part-0.csv", { _x: "1" }],
    ["part-0.csv", {}],
    ["a=1.csv", {}],
    ["=1/part-0.csv", {}],
    ["a=/part-0.csv", { a: null }],
    ["a=__HIVE_DEFAULT_PARTITION__/part-0.csv", { a: null }],
    ["a=x=y/part-0.csv", { a: "x=y" }],
    // Hive and Spark escape characters, and write others as they are.
    ["day=2026-11-26 10%3A00/part-0.csv", { day: "2026-11-26 10:00" }],
    ["city=Zürich%2FOst/part-0.csv", { city: "Zürich/Ost" }],
    ["share=50%/part-0.csv", { share: "50%" }],
    ["share=%FC%25/part-0.csv", { share: "ü%" }],
    // Others escape the bytes of UTF-8.
    ["city=Z%C3%BCrich+Ost/part-0.csv", { city: "Zürich+Ost" }],
    ["full%20name=N/part-0.csv", { "full name": "N" }],
  ])("%s", (name, expected) => {
    expect(fields(name)).toEqual(expected);
  });

  test("are as they were before they were escaped", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => text.isWellFormed()),
        (value) => {
          expect(fields(`a=${encodeURIComponent(value)}/x.csv`)).toEqual({ a: value });
        },
      ),
      { seed: 11 },
    );
  });
});

function files(...names: readonly string[]) {
  const modifiedAt = new Date(0);
  return names.map((name) => ({ segment: "vip", name, bytes: 1, version: "1", modifiedAt }));
}

describe("folders that don't agree are refused", () => {
  test.each([
    ["depths", "a=1/x.csv", "a=1/b=2/x.csv", "“a”", "“a”, “b”"],
    ["names", "a=1/x.csv", "b=1/x.csv", "“a”", "“b”"],
    ["order", "a=1/b=1/x.csv", "b=1/a=1/x.csv", "“a”, “b”", "“b”, “a”"],
    ["a file beside them", "a=1/x.csv", "x.csv", "“a”", "none"],
    ["one name twice", "a=1/A=2/x.csv", "a=1/A=2/x.csv", "“a”, “A”", "“a”, “A”"],
  ])("%s", (_, one, other, fieldsOfOne, otherFields) => {
    expect(() => withPartitions("vip", files(one, other))).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: "partitionsDiffer",
          params: expect.objectContaining({ fields: fieldsOfOne, other, otherFields }),
        }),
      }),
    );
  });

  test("case and values make no difference", () => {
    const read = withPartitions("vip", files("Land=DE/x.csv", "land=FR/x.csv"));
    expect(read.map(({ partition }) => partition)).toEqual([
      [{ name: "Land", value: "DE" }],
      [{ name: "land", value: "FR" }],
    ]);
  });
});

describe("runs of an export", () => {
  test("are told by folders of day and time", () => {
    expect(() => requireOneRun("vip", ["2026/11/24/0130/a.csv", "2026/11/25/0130/a.csv"])).toThrow(
      /2 runs of an export, such as “2026\/11\/25\/0130”/,
    );
  });

  test.each([
    [["2026/11/25/0130/a_1.csv", "2026/11/25/0130/a_2.csv"]],
    // Deliveries by the hour belong together.
    [["2026/11/25/01/a.csv", "2026/11/25/02/a.csv"]],
    [["a.csv", "2026/11/25/0130/a.csv"]],
  ])("%j are no several runs", (names) => {
    expect(() => requireOneRun("vip", names)).not.toThrow();
  });
});
