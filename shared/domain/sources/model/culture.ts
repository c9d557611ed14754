import type { ColumnHabit } from "../../cells/column-habit";

type CultureHabit = Required<Pick<ColumnHabit, "decimal" | "dateOrder">>;

/**
 * How numbers and dates are written in a culture, such as `de-DE`; of none, as .NET writes them in its invariant
 * culture: `1.5`, and where the year is last the month is first. Undefined for what is no culture, or one that writes
 * numbers otherwise than with a point or a comma.
 */
export function habitOfCulture(culture: string | undefined): CultureHabit | undefined {
  if (culture === undefined || culture === "") {
    return { decimal: ".", dateOrder: "monthFirst" };
  }
  try {
    const [locale] = Intl.NumberFormat.supportedLocalesOf([culture]);
    if (locale === undefined) {
      return undefined;
    }
    const latin = { numberingSystem: "latn" } as const;
    const decimal = new Intl.NumberFormat(locale, latin)
      .formatToParts(1.5)
      .find(({ type }) => type === "decimal")?.value;
    const parts = new Intl.DateTimeFormat(locale, { ...latin, calendar: "gregory" })
      .formatToParts(new Date(0))
      .map(({ type }) => type);
    const dateOrder = parts.indexOf("month") < parts.indexOf("day") ? "monthFirst" : "dayFirst";
    return decimal === "." || decimal === "," ? { decimal, dateOrder } : undefined;
  } catch {
    // No name of a language and a country: RangeError.
    return undefined;
  }
}
