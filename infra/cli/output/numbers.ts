import { count } from "./words";

/** A number that is counted, in words, and how deep it stands below the one that it is a part of. */
interface Meaning {
  readonly indent: string;
  readonly meaning: string;
}

export type Meanings = Readonly<Record<string, Meaning>>;

const part = (meaning: string): Meaning => ({ indent: "  ", meaning });
const whole = (meaning: string): Meaning => ({ indent: "", meaning });

/** The numbers of the known kinds, each in the order in which it adds up. */
export const runMeanings: Meanings = {
  rows: whole("rows in the segments' files"),
  blank: part("without an email"),
  invalid: part("with an email that can't be one"),
  duplicates: part("with the email of an earlier row"),
  members: whole("profiles left, of which"),
  unchanged: part("Klaviyo had confirmed before"),
  imported: part("Klaviyo imported"),
  refused: part("Klaviyo refused"),
  unsent: part("were not sent"),
};

export const removalMeanings: Meanings = {
  leaving: whole("left the segments, of which"),
  removed: part("were taken off the list"),
  notFound: part("were not on the list any more"),
  unremoved: part("were not taken off; the next run tries again"),
};

export const subscriptionMeanings: Meanings = {
  requested: whole("members to subscribe to email marketing, of which"),
  accepted: part("Klaviyo was asked to subscribe"),
  uncertain: part("may have been asked: Klaviyo's answer is missing"),
  alreadySubscribed: part("were subscribed already"),
  excludedUnsubscribed: part("had unsubscribed, and stay so"),
  excludedSuppressed: part("are suppressed in Klaviyo, and stay so"),
  excludedWithoutConsent: part("refuse, by the field for consent"),
  excludedConsentUnclear: part("neither agree nor refuse there"),
  excludedWithoutConsentTime: part("have no usable time of consent"),
  failed: part("could not be asked for; the next run tries again"),
};

export const previewMeanings: Meanings = {
  ...runMeanings,
  new: part("new to the list"),
  changed: part("on the list already, and sent again"),
  unchanged: part("as Klaviyo has confirmed them, and not sent"),
  tooLarge: part("larger than Klaviyo takes, and not sent"),
  leaving: whole("left the segments, and would be taken off the list"),
};

/** One line a number, all tables below one another aligned; those without words are shown by their names. */
export function numbersTable(tables: readonly { numbers: object; meanings: Meanings }[]): string {
  const lines = tables.map(({ numbers, meanings }) =>
    Object.entries(numbers)
      .filter(([, value]) => typeof value === "number")
      .map(([name, value]) => {
        const { indent, meaning } = meanings[name] ?? { indent: "", meaning: "" };
        return { label: `${indent}${name}`, value: count(Number(value)), meaning };
      }),
  );
  const all = lines.flat();
  const names = Math.max(12, ...all.map(({ label }) => label.length));
  const values = Math.max(...all.map(({ value }) => value.length));
  return lines
    .map((table) =>
      table
        .map(({ label, value, meaning }) =>
          `  ${label.padEnd(names)}  ${value.padStart(values)}  ${meaning}`.trimEnd(),
        )
        .join("\n"),
    )
    .join("\n\n");
}
