/** The languages of the console. */
export const languages = ["en", "de"] as const;
export type Language = (typeof languages)[number];

/** What is said of one and of any other number; `#` stands for the number. */
interface Forms {
  readonly one: string;
  readonly other: string;
}

/** Makes the function that says a number of things in a language. */
export function pluralIn(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, { one, other }) =>
    (rules.select(count) === "one" ? one : other).replace("#", numbers.format(count));
}
