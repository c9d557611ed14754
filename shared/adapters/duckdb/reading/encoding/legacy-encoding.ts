import { isUtf8 } from "node:buffer";
import { tellLatinEncoding } from "./latin-encoding";
import { decoderOf } from "./text-decoders";

/** In what a file's text turned out to be that is not UTF-8. */
export interface LegacyEncoding {
  /** As `decoderOf` knows it. */
  readonly label: string;
  /** Whether its letters tell; otherwise it is only the likeliest. */
  readonly sure: boolean;
}

/** Encodings of other scripts than Latin, by the detector's names: their own, and their script's. */
const otherScripts: ReadonlyMap<string, readonly [label: string, script: string]> = new Map([
  ["cp1251", ["windows-1251", "Cyrillic"]],
  ["koi8-r", ["koi8-r", "Cyrillic"]],
  ["koi8-u", ["koi8-u", "Cyrillic"]],
  ["cp866", ["ibm866", "Cyrillic"]],
  ["iso8859-5", ["iso-8859-5", "Cyrillic"]],
  ["mac-cyrillic", ["x-mac-cyrillic", "Cyrillic"]],
  ["cp1253", ["windows-1253", "Greek"]],
  ["iso8859-7", ["iso-8859-7", "Greek"]],
  ["cp1255", ["windows-1255", "Hebrew"]],
  ["iso8859-8", ["iso-8859-8", "Hebrew"]],
  ["cp1256", ["windows-1256", "Arabic"]],
  ["cp874", ["windows-874", "Thai"]],
  ["cp932", ["shift_jis", "Japanese"]],
  ["euc_jis_2004", ["euc-jp", "Japanese"]],
  ["gb18030", ["gb18030", "Chinese"]],
  ["big5hkscs", ["big5", "Chinese"]],
  ["cp949", ["euc-kr", "Korean"]],
  ["euc_kr", ["euc-kr", "Korean"]],
]);
/** Beside them, what the detector weighs them against. */
const LATIN = [
  "cp1252",
  "cp1250",
  "cp1254",
  "cp1257",
  "iso8859-2",
  "iso8859-15",
  "mac-roman",
  "cp850",
  "cp852",
];

/** So many times as likely as the next script is what is believed; more of it where it may be Latin as well. */
const LEAST_LEAD = 1.15;
const LEAST_LEAD_OVER_LATIN = 4;
/** Words of Chinese characters and the like hold no Latin letters; what was read wrongly does. */
const EASTERN = "\\p{Script=Han}\\p{Script=Kana}\\p{Script=Hira}\\p{Script=Hang}";
const MIXED_WORD = new RegExp(`[${EASTERN}][A-Za-z]|[A-Za-z][${EASTERN}]`, "u");
/** So much of the text is looked at. */
const MOST_BYTES = 32_000;

/** Tells by its letters and words in which encoding a text is that is not UTF-8. */
export async function tellLegacyEncoding(text: Buffer): Promise<LegacyEncoding> {
  const lines = legacyLines(text);
  const latin = tellLatinEncoding(lines);
  // Loaded when it is needed, since its model takes a while and most files never need it.
  const { chardet } = await import("jschardet");
  const ranked = chardet.detectAll(lines, {
    includeEncodings: [...LATIN, ...otherScripts.keys()],
    ignoreThreshold: true,
    compatNames: false,
    preferSuperset: false,
  });
  const [best] = ranked;
  const [likeliest, script] = otherScripts.get(best?.encoding ?? "") ?? [];
  if (best === undefined || likeliest === undefined) {
    return { label: latin.label, sure: latin.sure };
  }
  const label = usualOfSame(likeliest, script, lines);
  const read = decoderOf(label).decode(lines);
  if (isOfManyBytes(label) && read.includes("\ufffd")) {
    return { label: latin.label, sure: latin.sure };
  }
  const isWords = isOfManyBytes(label) && !MIXED_WORD.test(read);
  const mayBeLatin = latin.plausible && !isWords;
  const rival = ranked.find(({ encoding }) => {
    const [, other] = otherScripts.get(encoding ?? "") ?? [];
    return other !== script && (mayBeLatin || other !== undefined);
  });
  const lead = best.confidence / (rival?.confidence ?? 0);
  const isTold = mayBeLatin ? !latin.sure && lead >= LEAST_LEAD_OVER_LATIN : lead >= LEAST_LEAD;
  return isTold ? { label, sure: true } : { label: latin.label, sure: latin.sure };
}

/** Of the encodings of a script in which a text reads the same, the one that is used most. */
function usualOfSame(label: string, script: string | undefined, text: Buffer): string {
  const read = decoderOf(label).decode(text);
  const same = [...otherScripts.values()].find(
    ([other, ofScript]) => ofScript === script && decoderOf(other).decode(text) === read,
  );
  return same?.[0] ?? label;
}

/** Whether a character may take several bytes, of which the later ones may be those of ASCII. */
export function isOfManyBytes(label: string): boolean {
  return ["shift_jis", "euc-jp", "gb18030", "big5", "euc-kr"].includes(label);
}

/** The first lines that are not UTF-8. */
function legacyLines(text: Buffer): Buffer {
  const lines: Buffer[] = [];
  let bytes = 0;
  for (let at = 0; at < text.length && bytes < MOST_BYTES;) {
    const end = text.indexOf(0x0a, at);
    const line = text.subarray(at, Math.min(end < 0 ? text.length : end + 1, at + MOST_BYTES));
    if (!isUtf8(line)) {
      lines.push(line);
      bytes += line.length;
    }
    at = end < 0 ? text.length : end + 1;
  }
  return Buffer.concat(lines);
}
