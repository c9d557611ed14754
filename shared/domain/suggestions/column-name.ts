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
const PREFIXES = [
  /^(?:defaultaddress|address1|address|primary|main|default|home|billing|mailing|personal|private|user|contact|customer|member|subscriber|client|kunden|kontakt|privat)(?=.)/,
  /^(?:business|work|card|shipping|delivery|geschaftlich|liefer|rechnungs)(?:address)?(?=.)/,
];

/**
 * The name, and what is left of it when words are taken off its beginning, from the likeliest to the least:
 * `Billing address city` may be the city, and a column that is called just so comes before it.
 */
export function readingsOf(name: string): readonly string[] {
  const plain = plainName(name);
  const [own, others] = PREFIXES;
  const once = own === undefined ? plain : plain.replace(own, "");
  const twice = own === undefined ? once : once.replace(own, "");
  const other = others === undefined ? twice : twice.replace(others, "");
  return [plain, once, twice, other];
}

/** How often `readingsOf` takes something off. */
export const READINGS = 4;

/** A name's words, in plain letters: `ownerEmail_2` is owner, email and 2. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{L})(\p{N})/gu, "$1 $2")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(plainName)
    .filter((word) => word !== "");
}
