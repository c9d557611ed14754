/** Words for yes and no, in lower case, pair by pair. */
const pairs: readonly (readonly [yes: string, no: string])[] = [
  ["true", "false"],
  ["yes", "no"],
  ["y", "n"],
  ["t", "f"],
  ["1", "0"],
  ["1.0", "0.0"],
  // Access
  ["-1", "0"],
  ["on", "off"],
  // German, Dutch, Scandinavian
  ["ja", "nein"],
  ["ja", "nee"],
  ["ja", "nej"],
  ["ja", "nei"],
  ["já", "nei"],
  ["j", "n"],
  ["wahr", "falsch"],
  ["waar", "onwaar"],
  ["sant", "falskt"],
  ["sand", "falsk"],
  ["sann", "usann"],
  // French, Spanish, Italian, Portuguese, Romanian
  ["oui", "non"],
  ["o", "n"],
  ["vrai", "faux"],
  ["sí", "no"],
  ["si", "no"],
  ["sì", "no"],
  ["s", "n"],
  ["verdadero", "falso"],
  ["vero", "falso"],
  ["sim", "não"],
  ["sim", "nao"],
  ["verdadeiro", "falso"],
  ["da", "nu"],
  // Polish, Czech, Slovak, South Slavic, Russian
  ["tak", "nie"],
  ["prawda", "fałsz"],
  ["ano", "ne"],
  ["áno", "nie"],
  ["da", "ne"],
  ["pravda", "nepravda"],
  ["да", "нет"],
  ["да", "не"],
  ["так", "ні"],
  ["истина", "ложь"],
  // Finnish, Baltic, Hungarian, Turkish, Greek
  ["kyllä", "ei"],
  ["tosi", "epätosi"],
  ["jah", "ei"],
  ["taip", "ne"],
  ["jā", "nē"],
  ["igen", "nem"],
  ["igaz", "hamis"],
  ["evet", "hayır"],
  ["evet", "hayir"],
  ["doğru", "yanlış"],
  ["ναι", "όχι"],
  // Chinese, Japanese, Korean, Vietnamese, Indonesian
  ["是", "否"],
  ["はい", "いいえ"],
  ["예", "아니요"],
  ["có", "không"],
  ["ya", "tidak"],
  // Marks
  ["✓", "✗"],
  ["✔", "✘"],
  ["☑", "☐"],
  ["✅", "❌"],
  ["checked", "unchecked"],
  ["enabled", "disabled"],
];
const meanings = new Map(
  pairs.flatMap(([yes, no]): (readonly [string, boolean])[] => [
    [yes, true],
    [no, false],
  ]),
);
/** These alone tell that a column holds yes and no; of the others it takes both of a pair. */
const plainWords: ReadonlySet<string> = new Set(["true", "false", "yes"]);

/** What a word says, in any case; undefined where it is none of them. */
export function readBoolean(text: string): boolean | undefined {
  return meanings.get(text.toLowerCase().normalize());
}

/** Whether a column's values are words for yes and no. `0` and `1` are numbers first. */
export function areBooleans(texts: readonly string[]): boolean {
  const seen = new Set(texts.map((text) => text.toLowerCase().normalize()));
  const known = [...seen];
  if (known.length === 0 || !known.every((word) => meanings.has(word) && !/^-?\d/.test(word))) {
    return false;
  }
  return (
    known.every((word) => plainWords.has(word)) ||
    pairs.some(([yes, no]) => seen.has(yes) && seen.has(no))
  );
}
