/** An encoding of eight bits in which a file's text turned out to be. */
export interface LegacyEncoding {
  readonly label: (typeof candidates)[number]["label"];
  /** Whether its letters tell; otherwise it is only the likeliest. */
  readonly sure: boolean;
}

const WEST =
  "müller jürgen björn köln größe straße weiß schäfer schröder böhm grün bärbel dönges käthe françois andré rené zoë " +
  "josé muñoz garcía núñez peña sørensen åse løken jørgen gonçalves joão conceição éric hélène chloé amélie gaëlle " +
  "noël desirée señor ibáñez gómez lópez martínez pérez rodríguez sánchez hernández raúl iñigo göran åberg sjöström " +
  "håkan märta agnès cécile jérôme benoît côté lefèvre thérèse nicolò forlì émile æbelø æra þór";
const CENTRAL =
  "łukasz paweł michał wałęsa żółty woźniak wójcik wiśniewski kamiński zieliński dąbrowski jabłoński grażyna " +
  "małgorzata józef bożena łódź gdańsk poznań wrocław częstochowa świętokrzyski jiří dvořák novák růžička ondřej " +
  "tomáš lukáš matěj žaneta šárka čapek černý kučera veselý horák němec pospíšil hájek květa plzeň čeněk ľubomír " +
  "ťažký kováč kovač kovačič žofia szűcs győr erdős lőrinc fülöp szabó tóth győző jenő ernő žižek krašovec ćosić " +
  "đorđe knežević jurišić šimić čeh goričan ribič popović jovanović müller jäger köhler größe weiß mureşan ionuţ";

const CYRILLIC = /\p{Script=Cyrillic}/u;

const candidates = [
  { label: "windows-1252", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòëþðš", words: WEST },
  { label: "windows-1250", letters: "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöüőűđăâîşţßëç", words: CENTRAL },
  { label: "iso-8859-2", letters: "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöüőűđăâîşţßëç", words: CENTRAL },
  { label: "macintosh", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòë", words: WEST },
  { label: "windows-1251", letters: "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", words: "" },
] as const;

/** Words that are looked at. */
const MOST_WORDS = 500;
/** So much better, for each word, must the reading be that is taken for sure. */
const LEAST_LEAD = 0.5;

const judges = candidates.map(({ label, letters, words }) => ({
  label,
  decoder: new TextDecoder(label),
  letters: new Set(letters),
  pairs: new Set(pairsOf(` ${words} `)),
}));

/**
 * Tells by its words in which encoding of eight bits a text is, which is not UTF-8: whether they are made of letters,
 * of those that go together in names, and of capitals only where these stand.
 */
export function tellLegacyEncoding(text: Buffer): LegacyEncoding {
  const words = wordsOf(text);
  const rated = judges.map((judge) => {
    const texts = words.map((word) => judge.decoder.decode(word));
    const score = texts.reduce((sum, word) => sum + plausibility(word, judge), 0);
    return { label: judge.label, text: texts.join(" "), score };
  });
  const [best, ...others] = rated.toSorted((one, other) => other.score - one.score);
  if (best === undefined) {
    return { label: "windows-1252", sure: false };
  }
  const next = others.find(({ text: other }) => other !== best.text);
  const sure =
    best.score > 0 && (next === undefined || best.score - next.score >= LEAST_LEAD * words.length);
  return sure ? { label: best.label, sure } : { label: "windows-1252", sure };
}

/** The first words that hold bytes beyond ASCII. */
function wordsOf(text: Buffer): readonly Buffer[] {
  const words: Buffer[] = [];
  let start = -1;
  let plain = true;
  for (let at = 0; at <= text.length && words.length < MOST_WORDS; at += 1) {
    const byte = text[at] ?? 0;
    if (byte >= 0x80 || isAsciiLetter(byte)) {
      start = start < 0 ? at : start;
      plain &&= byte < 0x80;
      continue;
    }
    if (start >= 0 && !plain) {
      words.push(text.subarray(start, Math.min(at, start + MOST_LETTERS)));
    }
    start = -1;
    plain = true;
  }
  return words;
}

/** No word is longer; what is, is none. */
const MOST_LETTERS = 60;

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function plausibility(word: string, judge: (typeof judges)[number]): number {
  const isMixed = CYRILLIC.test(word) && /[a-z]/i.test(word);
  let score = isMixed ? -4 : 0;
  const letters = word.split("");
  // Words of nothing but accents are none in Latin letters.
  if (
    letters.length > 2 &&
    letters.every((letter) => letter >= "\u0080" && !CYRILLIC.test(letter))
  ) {
    score -= 4 * letters.length;
  }
  for (const [at, letter] of letters.entries()) {
    if (letter < "\u0080") {
      continue;
    }
    const before = letters[at - 1] ?? " ";
    const after = letters[at + 1] ?? " ";
    if (!/\p{L}/u.test(letter)) {
      const within = before !== " " || after !== " ";
      score -= /[\u0080-\u009f\ufffd]/.test(letter) ? 5 : letter === "’" ? 0 : within ? 3 : 0.5;
      continue;
    }
    const lower = letter.toLowerCase();
    score += judge.letters.has(lower) ? 2 : -1;
    score -= lower !== letter && /\p{Ll}/u.test(before) ? 3 : 0;
    score += judge.pairs.has((before + lower).toLowerCase()) ? 1 : 0;
    score += judge.pairs.has((lower + after).toLowerCase()) ? 1 : 0;
  }
  return score;
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
}
