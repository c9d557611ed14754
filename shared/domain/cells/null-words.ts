/**
 * Words that stand for nothing in the cells of many programs' files: databases' NULL, pandas' NaN, R's NA,
 * spreadsheets' #N/A and other errors, people's abbreviations. Some are texts too (Null is a surname), so where any
 * text may stand, a column's habit decides.
 */

/** MySQL's and PostgreSQL's mark for nothing, which is no text anywhere. */
const ALWAYS_NULL = "\\N";

/** In lower case. */
const words = [
  ...["null", "(null)", "[null]", "<null>", "nan", "nat", "na", "<na>", "none", "nil", "undefined"],
  // Of spreadsheets in English, German, French, Spanish, Italian, Dutch, Swedish, Polish and Slovene.
  ...["#n/a", "#nv", "#n/d", "#n/b", "#n/v", "#i/t", "#saknas!"],
  ...["#null!", "#nul!", "#¡nulo!", "#nullo!", "#leeg!", "#skärning!", "#zero!", "#nič!"],
  ...["#div/0!", "#¡div/0!", "#deel/0!", "#division/0!", "#dziel/0!", "#del/0!"],
  ...["#value!", "#wert!", "#valeur!", "#¡valor!", "#valore!", "#waarde!", "#värdefel!", "#arg!"],
  ...["#ref!", "#bezug!", "#¡ref!", "#rif!", "#verw!", "#referens!", "#adr!", "#sklic!", "#vredn!"],
  ...["#name?", "#nom?", "#¿nombre?", "#nome?", "#naam?", "#namn?", "#nazwa?", "#ime?"],
  ...["#num!", "#zahl!", "#nombre!", "#¡num!", "#getal!", "#ogiltigt!", "#liczba!", "#štev!"],
  ...["#error!", "#spill!", "#calc!"],
  // What people write who have nothing to write.
  ...["n/a", "n.a.", "n/d", "n.d.", "k.a.", "k. a.", "n.v.t.", "b.d.", "s/d"],
  ...[
    "(blank)",
    "(leer)",
    "(vide)",
    "(empty)",
    "(none)",
    "(not set)",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
  ],
  // MySQL's date that is none.
  ...["0000-00-00", "0000-00-00 00:00:00"],
] as const;
const nullWords: ReadonlySet<string> = new Set(words);

/** Words that are also what somebody may want to say, or a column's own value. */
const meaningful: ReadonlySet<string> = new Set(["none", "nil"]);
/** Among codes in capitals it is Namibia's, Naples' or North America's, however often it stands there. */
const CODE = "NA";

/** In lower case, what an email address, a number, a date or the like never is. */
export const NULL_WORDS: readonly string[] = [...words, ALWAYS_NULL.toLowerCase()];

/** Longest of the words. */
const LONGEST = Math.max(...words.map((word) => word.length));

/** ASCII characters with which a word begins, by their codes: most cells are told from all words by their first. */
const begins = new Uint8Array(0x80);
for (const word of words) {
  for (const spelled of [word, word.toUpperCase()]) {
    begins[spelled.charCodeAt(0)] = 1;
  }
}

function mayBegin(code: number): boolean {
  return code >= begins.length || begins[code] === 1;
}

/** Whether a cell says nothing in a column whose values are of a kind that no such word is of. */
export function isNullWord(text: string): boolean {
  return (
    text === ALWAYS_NULL ||
    (text.length <= LONGEST && mayBegin(text.charCodeAt(0)) && nullWords.has(text.toLowerCase()))
  );
}

/** Whether a cell says nothing in any column. */
export function isAlwaysNull(text: string): boolean {
  return text === ALWAYS_NULL;
}

/** So often at least a word stands in a column before it is a habit. */
const LEAST_CELLS = 2;
/** What part of the filled cells it has to be where other cells are spelled alike. */
const LEAST_SHARE = 0.2;

/**
 * Which of a column's words stand for nothing, as they are spelled there, in the order of their number. A word
 * does that comes more than once, and either is spelled unlike the other cells (`NULL` among names in mixed
 * case) or makes up a fifth of the filled cells. A word with one capital, as names have it, never does.
 *
 * @param counts how often each of the words (`isNullWord`) stands in the column, by its spelling
 * @param others the column's other filled cells: how many there are, and how many of these are all in capitals
 *   or all in small letters
 */
export function habitualNulls(
  counts: ReadonlyMap<string, number>,
  others: { readonly cells: number; readonly upper: number; readonly lower: number },
): readonly string[] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, others.cells);
  return [...counts]
    .filter(([word, count]) => {
      if (word === ALWAYS_NULL) {
        return false;
      }
      if (count < LEAST_CELLS || /^\p{Lu}\p{Ll}+$/u.test(word)) {
        return false;
      }
      if (word === CODE && others.upper * 2 > others.cells) {
        return false;
      }
      const alike =
        meaningful.has(word.toLowerCase()) ||
        (/^\p{Lu}+$/u.test(word) && others.upper * 2 > others.cells) ||
        (/^\p{Ll}+$/u.test(word) && others.lower * 2 > others.cells);
      return !alike || count >= all * LEAST_SHARE;
    })
    .toSorted(([, one], [, other]) => other - one)
    .map(([word]) => word);
}
