/** How a column is read, as the API tells it of a segment's fields and of runs and previews. */
export interface ToldReading {
  readonly empty?: readonly string[] | undefined;
  readonly decimal?: "." | "," | undefined;
  readonly dateOrder?: "dayFirst" | "monthFirst" | undefined;
  readonly countryCode?: string | undefined;
  readonly withoutCountry?: boolean | undefined;
  readonly unclear?: readonly ("decimal" | "format")[] | undefined;
}

/** What was decided about a column from its cells, and what is left to be said in the mapping; one each. */
export function readingTexts({
  empty = [],
  decimal,
  dateOrder,
  countryCode,
  unclear = [],
  withoutCountry = false,
}: ToldReading): string[] {
  return [
    ...(decimal === undefined ? [] : [decimalTexts[decimal]]),
    ...(dateOrder === undefined ? [] : [dateOrderTexts[dateOrder]]),
    ...(countryCode === undefined
      ? []
      : [`phone numbers with ${countryCode} in front as +${countryCode}…`]),
    ...(empty.length === 0 ? [] : [`${empty.join(", ")} as empty`]),
    ...(withoutCountry
      ? ["phone numbers without a country's code: say defaultCountry in the mapping"]
      : []),
    ...unclear.map((what) => unclearTexts[what]),
  ];
}

const decimalTexts = { ".": "1,234.50 with a decimal point", ",": "1.234,50 with a decimal comma" };

const dateOrderTexts = {
  dayFirst: "dates with the day before the month",
  monthFirst: "dates with the month before the day",
};

const unclearTexts = {
  decimal: "decimal comma or point is unclear: say decimal in the mapping",
  format: "day or month first is unclear: say format in the mapping",
};
