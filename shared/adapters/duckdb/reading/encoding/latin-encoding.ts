import { decoderOf } from "./text-decoders";

/** How likely a text is in the likeliest of the encodings of Latin letters. */
export interface LatinEncoding {
  readonly label: string;
  /** Whether its letters tell it from the others. */
  readonly sure: boolean;
  /** Whether its words look like words of Latin letters at all. */
  readonly plausible: boolean;
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

const TURKISH =
  "ayşe yılmaz oğuz çağlar şahin gökçe özgür kılıç güneş doğan aydın ışık çelik öztürk şimşek yıldız istanbul ığdır izmir " +
  "eskişehir muğla şanlıurfa beyoğlu kadıköy üsküdar ömer hüseyin ibrahim şükrü nazlı";
const BALTIC =
  "žydrūnas šimkus eglė kęstutis kęstutienė jūratė ąžuolas čekanauskas šiauliai panevėžys klaipėda rūta živilė " +
  "jānis bērziņš kārlis ozoliņš līga zariņš rīga ēriks ģirts ķegums ļaudona inguļs liepāja jūrmala õunapuu tõnu";

const candidates = [
  { label: "windows-1252", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòëþðš", words: WEST },
  { label: "windows-1250", letters: "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöüőűđăâîşţßëç", words: CENTRAL },
  { label: "iso-8859-2", letters: "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöüőűđăâîşţßëç", words: CENTRAL },
  { label: "macintosh", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòë", words: WEST },
  { label: "windows-1254", letters: "çğıöşüâîûİ", words: TURKISH },
  { label: "windows-1257", letters: "ąčęėįšųūžāēģīķļņõäöü", words: BALTIC },
  { label: "iso-8859-15", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòëž", words: WEST },
  { label: "cp850", letters: "äöüßéèêëàâçîïôûùœæøåñáíóúãõìòë", words: WEST },
  { label: "cp852", letters: "ąćęłńóśźżáčďéěíňřšťúůýžäôľĺŕöüőűđăâîşţßëç", words: CENTRAL },
] as const;

/** Words that are looked at. */
const MOST_WORDS = 500;
/** So much better, for each word, must the reading be that is taken for sure; less for what is most often true. */
const LEAST_LEAD = 0.5;
const LEAST_LEAD_OF_USUAL = 0.2;
const USUAL = "windows-1252";
/** Words in the few letters that stand alone somewhere. */
const ALONE = /^[àáåèéêíìòóôöøúâ]$/iu;
const QUOTE = /[‘’“”„‚‹›«»]/;
const PUNCTUATION = /[–—…€™®©°·•£§]/;

const judges = candidates.map(({ label, letters, words }) => ({
  label,
  /** DOS is long ago. */
  rarity: label.startsWith("cp") ? 1 : 0,
  decoder: decoderOf(label),
  letters: new Set(letters),
  pairs: new Set(pairsOf(` ${words} `)),
}));

/**
 * Tells by its words in which encoding of Latin letters a text is: whether they are made of letters, of those that go
 * together in names, and of capitals and marks only where these stand.
 */
export function tellLatinEncoding(text: Buffer): LatinEncoding {
  const words = wordsOf(text);
  const rated = judges.map((judge) => {
    const texts = words.map((word) => judge.decoder.decode(word));
    const score = texts.reduce((sum, word) => sum + plausibility(word, judge), 0);
    return { label: judge.label, text: texts.join(" "), score };
  });
  const [best, ...others] = rated.toSorted((one, other) => other.score - one.score);
  if (best === undefined) {
    return { label: USUAL, sure: false, plausible: false };
  }
  const next = others.find(({ text: other }) => other !== best.text);
  const least = best.label === USUAL ? LEAST_LEAD_OF_USUAL : LEAST_LEAD;
  const sure =
    best.score > 0 && (next === undefined || best.score - next.score >= least * words.length);
  return { label: sure ? best.label : USUAL, sure, plausible: best.score > 0 };
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
  const letters = word.split("");
  let score = -judge.rarity;
  const isMixed = /\p{Ll}/u.test(word);
  const isQuoted = QUOTE.test(letters[0] ?? "") && QUOTE.test(letters.at(-1) ?? "");
  // Words of nothing but accents are none in Latin letters.
  if (letters.length > 2 && letters.every((letter) => letter >= "\u0080")) {
    score -= 4 * letters.length;
  }
  for (const [at, letter] of letters.entries()) {
    if (letter < "\u0080") {
      continue;
    }
    const before = letters[at - 1] ?? " ";
    const after = letters[at + 1] ?? " ";
    if (!/\p{L}/u.test(letter)) {
      score += plausibilityOfMark(letter, before !== " ", after !== " ", isQuoted);
      continue;
    }
    const lower = letter.toLowerCase();
    const isAlone = before === " " && after === " ";
    score +=
      isAlone && !ALONE.test(letter)
        ? -1
        : judge.letters.has(lower) || judge.letters.has(letter)
          ? 2
          : -1;
    score -= lower !== letter && isMixed && /\p{L}/u.test(before) ? 3 : 0;
    score -= lower === letter && /\p{Lu}/u.test(after) ? 3 : 0;
    score += judge.pairs.has((before + lower).toLowerCase()) ? 1 : 0;
    score += judge.pairs.has((lower + after).toLowerCase()) ? 1 : 0;
  }
  return score;
}

/**
 * @param before whether letters stand before it
 * @param after whether they stand after it
 * @param isQuoted whether the word stands between quotes
 */
function plausibilityOfMark(
  mark: string,
  before: boolean,
  after: boolean,
  isQuoted: boolean,
): number {
  if (/[\u0080-\u009f\ufffd]/.test(mark)) {
    return -5;
  }
  if (before && after) {
    return mark === "’" ? 2 : -3;
  }
  if (QUOTE.test(mark)) {
    return isQuoted ? 2 : mark === "‘" && before ? -1 : 0.5;
  }
  return PUNCTUATION.test(mark) && !before && !after ? 1 : -0.5;
}

function pairsOf(text: string): readonly string[] {
  return Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2));
}
