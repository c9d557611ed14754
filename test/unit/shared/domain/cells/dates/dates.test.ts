import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  faultOfDateFormat,
  parseDateFormat,
} from "../../../../../../shared/domain/cells/dates/date-format";
import { dateEvidence, readDate } from "../../../../../../shared/domain/cells/dates/dates";

const iso = (text: string, column: Parameters<typeof readDate>[1] = {}): string => {
  const read = readDate(text, column);
  return read.kind === "date" ? read.iso : read.kind;
};

describe("a date", () => {
  it.each([
    ["2024-01-31", "2024-01-31"],
    ["2024/1/31", "2024-01-31"],
    ["2024.01.31", "2024-01-31"],
    ["31.01.2024", "2024-01-31"],
    ["1.2.2024", "2024-02-01"],
    ["1/31/2024", "2024-01-31"],
    ["31/1/2024", "2024-01-31"],
    ["31-01-2024", "2024-01-31"],
    ["05/05/2024", "2024-05-05"],
    ["31 Jan 2024", "2024-01-31"],
    ["Jan 31, 2024", "2024-01-31"],
    ["Wed, 31 January 2024 10:00:00 +0000", "2024-01-31T10:00:00+00:00"],
    ["1/31/2024 2:05 PM", "2024-01-31T14:05:00"],
    ["1/31/2024, 12:05:09 AM", "2024-01-31T00:05:09"],
    ["31.01.2024 14:05", "2024-01-31T14:05:00"],
    ["2024-01-31 12:00:00 UTC", "2024-01-31T12:00:00Z"],
    ["2024-11-25T10:00", "2024-11-25T10:00:00"],
    ["2024-11-25T10:00Z", "2024-11-25T10:00:00Z"],
    ["2024-11-25T10:00+01:00", "2024-11-25T10:00:00+01:00"],
    ["2024-11-25T10Z", "2024-11-25T10:00:00Z"],
    ["20241125T100000Z", "2024-11-25T10:00:00Z"],
    ["20241125T1000+0100", "2024-11-25T10:00:00+01:00"],
    ["20241125", "2024-11-25"],
    ["20241125100000", "2024-11-25T10:00:00"],
    ["2024-11-25T10:00:00,25Z", "2024-11-25T10:00:00.25Z"],
    ["2024-11-25T10:00:00.1234567Z", "2024-11-25T10:00:00.123456Z"],
    ["1732528800", "2024-11-25T10:00:00Z"],
    ["1732528800000", "2024-11-25T10:00:00Z"],
    ["1732528800250", "2024-11-25T10:00:00.250Z"],
    ["1732528800.0", "2024-11-25T10:00:00Z"],
    ["1732528800000000", "2024-11-25T10:00:00Z"],
    ["1732528800000000000", "2024-11-25T10:00:00Z"],
    ["31.1.2024.", "2024-01-31"],
    ["31. Januar 2024", "2024-01-31"],
    ["Mi., 31. Jan. 2024", "2024-01-31"],
    ["1er février 2024", "2024-02-01"],
    ["jeudi 15 août 2024 10:30", "2024-08-15T10:30:00"],
    ["31 de enero de 2024", "2024-01-31"],
    ["3 luglio 2024", "2024-07-03"],
    ["5 mrt. 2024", "2024-03-05"],
    ["15 października 2024", "2024-10-15"],
    ["15. avgust 2024", "2024-08-15"],
    ["2024-Jan-31", "2024-01-31"],
    ["31.01.2024 14.05", "2024-01-31T14:05:00"],
    ["31/01/2024 02:05:00 p. m.", "2024-01-31T14:05:00"],
    ["20240131 10:00:00", "2024-01-31T10:00:00"],
    ["Wed Jan 31 2024 10:00:00 GMT+0100 (Central European Time)", "2024-01-31T10:00:00+01:00"],
    ["Wed Jan  3 10:00:00 +0000 2024", "2024-01-03T10:00:00+00:00"],
    ["2024-01-31 10:00:00 +0000 UTC", "2024-01-31T10:00:00+00:00"],
    ["2024-01-31T10:00:00+01:00[Europe/Berlin]", "2024-01-31T10:00:00+01:00"],
  ])("is read from %s, which can mean one day only", (text, day) => {
    expect(iso(text)).toBe(day);
  });

  it("is not guessed where day and month can be either way round", () => {
    expect(iso("01/02/2024")).toBe("ambiguous");
    expect(iso("01-02-2024 10:00")).toBe("ambiguous");
    expect(iso("01/02/2024", { order: "dayFirst" })).toBe("2024-02-01");
    expect(iso("01/02/2024", { order: "monthFirst" })).toBe("2024-01-02");
    expect(iso("1/31/2024", { order: "dayFirst" })).toBe("2024-01-31");
  });

  it.each(["05-11-24", "05-11-24 08:00:00", "1/31/24", "24.12.55", "31-JAN-24", "3. Mai 24"])(
    "is not guessed from %s, whose year has two digits",
    (text) => {
      expect(iso(text)).toBe("ambiguous");
      expect(iso(text, { order: "dayFirst" })).toBe("ambiguous");
    },
  );

  it.each([
    ...["2023-02-29", "31.02.2024", "13/13/2024", "0/1/2024", "32/1/2024", "2024-01-31T24:00"],
    ...["2024-01-31 10:60", "1/31/2024 13:00 PM", "2024-01-31 10:00 +15:00", "31 Foo 2024", "12"],
    ...[
      "2024",
      "2024-01",
      "10:00",
      "yesterday",
      "9999999999",
      "45322",
      "202411251000x",
      "2024-1-31-1",
      "0001-01-01T00:00:00",
      "01/02/0024",
      "2024-01-31T10:00:00[Europe/Berlin]",
      "2024-01-31 10:00:00 EST",
      "31 Vendémiaire 2024",
    ],
  ])("is not read from %s", (text) => {
    expect(iso(text)).toBe("none");
  });

  it("is the same day in every way of writing it", () => {
    const day = fc.date({
      min: new Date("1900-01-01"),
      max: new Date("2100-01-01"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, (date) => {
        const expected = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = expected.split("-") as [string, string, string];
        for (const text of [
          `${year}/${month}/${dayOfMonth}`,
          `${dayOfMonth}.${month}.${year}`,
          year + month + dayOfMonth,
        ]) {
          expect(iso(text)).toBe(expected);
        }
        expect(iso(`${dayOfMonth}/${month}/${year}`, { order: "dayFirst" })).toBe(expected);
        expect(iso(`${month}/${dayOfMonth}/${year}`, { order: "monthFirst" })).toBe(expected);
        expect([expected, "ambiguous"]).toContain(iso(`${month}-${dayOfMonth}-${year}`));
      }),
      { numRuns: 1_000 },
    );
  });
});

it("shows its order of day and month where it has one", () => {
  expect(
    [
      "31/1/2024",
      "1/31/2024",
      "1/2/2024",
      "5/5/2024",
      "2024-01-31",
      "31.1.2024",
      "1-Feb-24",
      "x",
    ].map(dateEvidence),
  ).toEqual(["dayFirst", "monthFirst", "either", "any", "any", "any", "either", "none"]);
});

describe("a date's format", () => {
  const read = (format: string, text: string): string =>
    iso(text, { format: parseDateFormat(format) });

  it.each([
    ["MM/dd/yyyy", "01/02/2024", "2024-01-02"],
    ["d/M/yyyy", "1/2/2024", "2024-02-01"],
    ["dd-MM-yy HH:mm:ss", "05-11-24 08:00:00", "2024-11-05T08:00:00"],
    ["M/d/yy", "1/2/69", "1969-01-02"],
    ["dd. MMM yyyy", "31. Jan 2024", "2024-01-31"],
    ["dd-MMM-yy", "31-MÄR-24", "2024-03-31"],
    ["MM/dd/yyyy hh:mm a", "01/31/2024 02:05 PM", "2024-01-31T14:05:00"],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSX", "2024-01-31T10:00:00.5+0100", "2024-01-31T10:00:00.5+01:00"],
    ["yyyy-dd-MM", "2024-02-01", "2024-01-02"],
  ])("%s reads %s", (format, text, day) => {
    expect(faultOfDateFormat(format)).toBeUndefined();
    expect(read(format, text)).toBe(day);
  });

  it("reads nothing else but dates whose year comes first", () => {
    expect(read("MM/dd/yyyy", "31/01/2024")).toBe("none");
    expect(read("MM/dd/yyyy", "31.01.2024")).toBe("none");
    expect(read("MM/dd/yyyy", "2024-01-31")).toBe("2024-01-31");
    expect(read("yyyy-dd-MM", "2024-01-31")).toBe("none");
  });

  it.each([
    "",
    "MM/yyyy",
    "yyyy-mm-dd",
    "QQ",
    "dd/MM/yyyy dd",
    "MM/dd/yyyy hh:mm",
    "yyyy-MM-dd a",
    "MM/dd/yyyy mm",
    "y".repeat(61),
  ])("is not %j", (format) => {
    expect(faultOfDateFormat(format)).toEqual(expect.any(String));
  });
});
