/** A column's name without what makes no difference: lower-case letters and digits, accents taken off. */
export function plainName(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[łøßæđ]/g, (letter) => withoutAccents[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Letters that Unicode does not take apart. */
const withoutAccents: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  ß: "ss",
  æ: "ae",
  đ: "d",
};

/** What is put before a name without changing what it is; whose it is comes before where it is. */
const PREFIXES: readonly [own: RegExp, others: RegExp] = [
  /^(?:defaultaddress|address1|address|adresse1|location|person|primary|main|default|home|billing|mailing|personal|private|user|contact|customer|member|subscriber|client|kunden|kontakt|privat)(?=.)/,
  /^(?:business|work|card|shipping|delivery|geschaftlich|liefer|rechnungs)(?:address)?(?=.)/,
];

/** `City (Billing)` */
const IN_BRACKETS = /^([^()]+)\(([^()]+)\)\s*$/;
/** The same behind a name: `Straße privat`, `Zip - 1`. */
const SUFFIXES: readonly [own: RegExp, others: RegExp] = [
  /(?<=.)(?:billing|home|privat|1)$/,
  /(?<=.)(?:business|work|shipping|delivery|geschaftlich)$/,
];

/**
 * The name, and what is left of it when words are taken off its ends, from the likeliest to the least:
 * `Billing address city` may be the city, and a column that is called just so comes before it.
 */
export function readingsOf(name: string): readonly string[] {
  const plain = plainName(name);
  const once = withoutAddition(plainName(name.replace(IN_BRACKETS, "$2 $1")), 0);
  const twice = withoutAddition(once, 0);
  return [plain, once, twice, withoutAddition(plain, 1), withoutAddition(twice, 1)];
}

/** @param whose the likely one's, or another's */
function withoutAddition(name: string, whose: 0 | 1): string {
  const without = name.replace(PREFIXES[whose], "");
  return without === name ? name.replace(SUFFIXES[whose], "") : without;
}

/** How many readings `readingsOf` gives. */
export const READINGS = 5;

/** A name's words, in plain letters: `ownerEmail_2` is owner, email and 2. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(plainName)
    .filter((word) => word !== "");
}

const PLACES = [
  ["billing", /billing|rechnung|factura|fattura|factuur/],
  ["shipping", /shipping|delivery|liefer|livraison|envio|spedizione|bezorg/],
  ["home", /home|privat/],
  ["business", /business|work|geschaftlich/],
  ["card", /card/],
] as const;

/** Which of a person's addresses a column is of, as far as its name says. */
export function placeOf(name: string): (typeof PLACES)[number][0] | undefined {
  const plain = plainName(name);
  return PLACES.find(([, pattern]) => pattern.test(plain))?.[0];
}
