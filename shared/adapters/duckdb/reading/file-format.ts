import { endOfFirstObject, RECORD_SEPARATOR } from "./json/json-records";

/** What a file is by its content: an encoding of rows, nothing at all, or nothing that can be read. */
export type FileFormat =
  | { kind: "csv" }
  | { kind: "jsonLines" }
  | { kind: "jsonArray" }
  | { kind: "jsonValues" }
  | { kind: "parquet" }
  | { kind: "empty" }
  | { kind: "unreadable"; reason: string };

/** First bytes of formats that are known and not read, with the name that a user knows them by. */
const foreignFormats: readonly (readonly [string, string])[] = [
  ["d0cf11e0", "an old Excel workbook"],
  ["25504446", "a PDF document"],
  ["425a68", "compressed with bzip2"],
  ["fd377a585a00", "compressed with xz"],
  ["377abcaf271c", "a 7-Zip archive"],
  ["4f626a01", "an Avro file"],
  ["4f5243", "an ORC file"],
  ["1f8b", "compressed with gzip twice"],
  ["28b52ffd", "compressed twice"],
  ["50415245", "an encrypted Parquet file"],
  ["89504e47", "an image"],
  ["ffd8ff", "an image"],
  ["474946383", "an image"],
  ["52617221", "a RAR archive"],
  ["04224d18", "compressed with LZ4"],
  ["4152524f5731", "an Arrow file"],
  ["53514c697465", "a SQLite database"],
  ["7b5c727466", "a text document (RTF)"],
];

/** Texts that are no tables, by how they begin, with the name that a user knows them by. */
const foreignTexts: readonly (readonly [RegExp, string])[] = [
  [/^(?:<!doctype html|<html|<head|<body)/i, "a web page"],
  [/^<\?xml|^<[a-z][\w:.-]*[\s>/]/i, "XML"],
  [/^begin:vcard/i, "a file of vCards"],
  [/^begin:vcalendar/i, "a calendar"],
  [/^version https:\/\/git-lfs/, "a pointer of Git LFS and not the file itself"],
  [/^(?:\.\.\/)*\.git\/annex\//, "a pointer of git-annex and not the file itself"],
  [/^-----begin /i, "a key or an encrypted message"],
  [/^(?:-- (?:mysql|mariadb|postgresql|sqlite)|insert into |create table )/i, "a dump of SQL"],
  [/^dn:\s/, "a directory's LDIF"],
];

export function isZstd(head: Buffer): boolean {
  return head.subarray(0, 4).toString("hex") === "28b52ffd";
}

/** An archive, with files or empty. An Excel workbook is one. */
export function isZip(head: Buffer): boolean {
  return /^504b(?:0304|0506)/.test(head.toString("hex", 0, 4));
}

export function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Formats that are told by their bytes, before any text encoding is thought of. */
export function detectBinaryFormat(head: Buffer): FileFormat | undefined {
  if (head.subarray(0, 4).toString("latin1") === "PAR1") {
    return { kind: "parquet" };
  }
  const hex = head.subarray(0, 6).toString("hex");
  if (isZip(head)) {
    return { kind: "unreadable", reason: "it is a zip archive that is packed once more" };
  }
  const foreign = foreignFormats.find(([magic]) => hex.startsWith(magic));
  return foreign === undefined
    ? undefined
    : { kind: "unreadable", reason: `it is ${foreign[1]}, which is not read` };
}

/**
 * Tells the format of a text by its first part (in UTF-8 or an eight-bit encoding, without byte-order
 * mark), and by the file's name only where the text leaves it open.
 */
export function detectTextFormat(head: Buffer, fileName: string): FileFormat {
  const raw = head.toString("latin1").trimStart();
  const isSequence = raw.startsWith(RECORD_SEPARATOR);
  const text = isSequence ? raw.slice(1).trimStart() : raw;
  if (text === "") {
    return { kind: "empty" };
  }
  if (looksBinary(head)) {
    return { kind: "unreadable", reason: "it holds binary data and not text" };
  }
  const start = text.slice(0, 200);
  const foreign = foreignTexts.find(([pattern]) => pattern.test(start));
  if (foreign !== undefined) {
    return { kind: "unreadable", reason: `it is ${foreign[1]}, which is not read` };
  }
  const name = fileName.toLowerCase().replace(/\.(gz|gzip|zst|zstd)$/, "");
  const namedCsv = /\.(csv|tsv|txt|tab|psv)$/.test(name);
  const namedJson = /\.(ndjson|jsonl|json|ldjson)$/.test(name);
  if (/^\[\s*[{\]]/.test(text) && !namedCsv) {
    return { kind: "jsonArray" };
  }
  if (text.startsWith("{") && (!namedCsv || firstLineIsJson(text))) {
    const oneALine = firstLineIsJson(text) && !isSequence;
    return { kind: oneALine || !beginsWithObject(text) ? "jsonLines" : "jsonValues" };
  }
  return namedJson ? { kind: "jsonLines" } : { kind: "csv" };
}

/**
 * Control characters other than white space and the one that parts Hive's cells; a text has few of them, however
 * damaged.
 */
function looksBinary(head: Buffer): boolean {
  let controls = 0;
  for (const byte of head) {
    controls += (byte < 0x09 && byte !== 0x01) || (byte > 0x0d && byte < 0x20) ? 1 : 0;
  }
  return controls > 8 && controls > head.length * 0.1;
}

/** Whether the text begins with a whole JSON object, in whatever layout. */
function beginsWithObject(text: string): boolean {
  const end = endOfFirstObject(Buffer.from(text, "latin1"));
  return end !== undefined && isJson(text.slice(0, end));
}

function firstLineIsJson(text: string): boolean {
  return isJson(text.split("\n", 1)[0] ?? "");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
