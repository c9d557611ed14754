import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import {
  faultOfDateFormat,
  parseDateFormat,
} from "../../../../../../shared/domain/cells/dates/date-format";
import { dateEvidence, readDate } from "../../../../../../shared/domain/cells/dates/dates";
import { possibleFormats } from "../../../../../../shared/domain/cells/dates/possible-formats";

describe("a date that can be read in several ways", () => {
  it.each([
    ["01/02/2024", ["d/M/yyyy", "M/d/yyyy"]],
    ["1-2-2024", ["d-M-yyyy", "M-d-yyyy"]],
    ["01/02/2024 14:05", ["d/M/yyyy H:mm", "M/d/yyyy H:mm"]],
    ["01/02/2024, 2:05:09 PM", ["d/M/yyyy, h:mm:ss a", "M/d/yyyy, h:mm:ss a"]],
    ["01/02/2024T14:05:09.250Z", ["d/M/yyyy'T'H:mm:ss.SX", "M/d/yyyy'T'H:mm:ss.SX"]],
    ["01.02.24", ["d.M.yy", "M.d.yy", "yy.M.d"]],
    ["24.12.05", ["d.M.yy", "yy.M.d"]],
    ["05 Nov 24", ["d MMM yy"]],
    ["the first of May", []],
    ["01/02/2024 at noon", []],
  ])("%s may be meant as %j", (text, formats) => {
    expect(possibleFormats(text)).toEqual(formats);
  });

  const two = fc.integer({ min: 1, max: 12 }).map((number) => String(number).padStart(2, "0"));
  const times = ["", " 14:05", ", 02:05 PM", " 2:05:09 a.m.", "T14:05:09Z", " 14:05:09.25 +01:00"];
  it("is read by each of the formats, which a mapping takes", () => {
    fc.assert(
      fc.property(
        ...([two, two, fc.constantFrom("/", "-", "."), fc.constantFrom("24", "2024")] as const),
        fc.constantFrom(...times),
        (one, other, mark, year, time) => {
          const text = `${one}${mark}${other}${mark}${year}${time}`;
          if (dateEvidence(text) !== "either") return;
          const formats = possibleFormats(text);
          expect(formats.length).toBeGreaterThan(1);
          for (const format of formats) {
            expect(faultOfDateFormat(format)).toBeUndefined();
            expect(readDate(text, { format: parseDateFormat(format) }).kind).toBe("date");
          }
        },
      ),
    );
  });
});
