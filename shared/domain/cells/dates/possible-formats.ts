import { parseDateFormat } from "./date-format";

const FIGURES = /^(\d{1,2})([-/.])( ?)(\d{1,2})\2( ?)(\d{4}|\d{2})(\.?)(?=\D|$)/;
const NAMED = /^(\d{1,2})(\.?[ -])\p{L}{3,12}(\.?[ -])(\d{2})(?=\D|$)/u;
const TIME =
  /^(,? |T)\d{1,2}([:.])\d{2}(?:(\2)\d{2}(?:([.,])\d{1,9})?)?( ?)([ap]\.?m\.?)?( ?)(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * The formats in which a date may be meant that can be read in several ways, as a mapping takes them: with the day
 * first, with the month first and, where the year has two digits, with the year first. Each of them reads the text.
 * None of a text that is written in a way of its own.
 */
export function possibleFormats(written: string): readonly string[] {
  const text = written.replace(/\s+/g, " ");
  const [figures, , mark = "", space = "", , otherSpace = "", year = "", end = ""] =
    FIGURES.exec(text) ?? [];
  const [named, , gap = "", otherGap = ""] = NAMED.exec(text) ?? [];
  const time = formatOfTime(text.slice((figures ?? named ?? "").length));
  if (time === undefined) {
    return [];
  }
  const orders =
    figures !== undefined
      ? [
          ["d", "M", year.length === 4 ? "yyyy" : "yy"],
          ["M", "d", year.length === 4 ? "yyyy" : "yy"],
          ...(year.length === 4 ? [] : [["yy", "M", "d"]]),
        ].map(
          ([one, two, three]) => `${one}${mark}${space}${two}${mark}${otherSpace}${three}${end}`,
        )
      : named !== undefined
        ? [`d${gap}MMM${otherGap.replace(".", "")}yy`]
        : [];
  return orders
    .map((order) => `${order}${time}`)
    .filter((format) => parseDateFormat(format).read(text) !== undefined);
}

function formatOfTime(text: string): string | undefined {
  if (text === "") {
    return "";
  }
  const [time, before = "", colon = "", seconds, point, space = "", half, otherSpace = "", zone] =
    TIME.exec(text) ?? [];
  if (time === undefined) {
    return undefined;
  }
  return [
    // A letter that is no part of a format stands in quotes.
    ...[
      before.replace(/t/i, (letter) => `'${letter}'`),
      half === undefined ? "H" : "h",
      colon,
      "mm",
    ],
    ...(seconds === undefined ? [] : [seconds, "ss"]),
    ...(point === undefined ? [] : [point, "S"]),
    ...[space, half === undefined ? "" : "a", otherSpace, zone === undefined ? "" : "X"],
  ].join("");
}
