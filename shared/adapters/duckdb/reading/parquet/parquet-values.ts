import { parseJsonExactly } from "../../../../domain/profiles/exact-json";
import {
  DROPPED,
  type ColumnReader,
  type Reading,
} from "../../../../domain/profiles/profile-reader";
import { PLAIN_TEXT_PATTERN } from "../../../../domain/profiles/profile-values";
import { sqlIdentifier, sqlString } from "../../sql-text";
import type { ParquetColumn } from "./parquet-columns";

/** How one part's value is got from its column. */
export interface ColumnValue {
  /** SQL for a column's value as text. */
  readonly text: string;
  /** SQL for whether that text is read as itself in quotes. */
  readonly plain: string;
  /** Reads all other texts. */
  readonly read: (text: string) => Reading;
}

/** Stand for values that are not read; no text of a file is like them. */
const BINARY = "\u0000binary";
const TOO_DEEP = "\u0000deep";

export function columnValue(part: ColumnReader, column: ParquetColumn): ColumnValue {
  const name = sqlIdentifier(column.known);
  if (column.tooDeep) {
    return {
      // DuckDB can't even tell whether it is NULL: each level takes twice the time of the one before.
      text: sqlText(TOO_DEEP),
      plain: "false",
      read: () => `${DROPPED}tooDeep`,
    };
  }
  if (column.type !== "VARCHAR" && column.type !== "BLOB") {
    return {
      text: `CAST(to_json(${exactly(name, column.type)}) AS VARCHAR)`,
      plain: "false",
      read(text) {
        const value = typedValue(text, column.type);
        const isEndless = /\b(?:DATE|TIMESTAMP)/.test(column.type) && holdsInfinity(value);
        // Beside the profile, what is no time counts as none.
        return isEndless && "mapped" in part ? `${DROPPED}notType` : part.read(value);
      },
    };
  }
  const text = column.type === "BLOB" ? utf8Sql(name, sqlText(BINARY)) : name;
  const fits = part.plainLength === Infinity ? "" : `strlen(${text}) <= ${part.plainLength} AND `;
  const words = [...part.emptyWords].map(sqlString).join(", ");
  const filled = words === "" ? "" : `${text} NOT IN (${words}) AND `;
  return {
    text,
    plain:
      part.plainLength === 0
        ? "false"
        : `(${fits}${filled}regexp_full_match(${text}, ${sqlString(PLAIN_TEXT_PATTERN)}))`,
    read: (value) => (value === BINARY ? `${DROPPED}notType` : part.read(value)),
  };
}

/** SQL for a column's value as the text that a person would be shown. */
export function columnText({ known, type, tooDeep }: ParquetColumn): string {
  const name = sqlIdentifier(known);
  if (tooDeep) {
    return "'(nested too deeply)'";
  }
  return type === "BLOB" ? utf8Sql(name, "'(binary data)'") : `CAST(${name} AS VARCHAR)`;
}

/** Older writers leave text without its mark; what is really binary is something else instead. */
function utf8Sql(name: string, otherwise: string): string {
  return `CASE WHEN ${name} IS NOT NULL THEN coalesce(TRY(decode(${name})), ${otherwise}) END`;
}

/** SQL for a text that begins with the character 0, which no literal can hold. */
function sqlText(text: string): string {
  return `(chr(0) || ${sqlString(text.slice(1))})`;
}

/**
 * SQL for a value whose single-precision numbers are the doubles of the same digits: 4.3, not
 * 4.300000190734863.
 */
function exactly(name: string, type: string): string {
  const withFloats = (other: string): string =>
    type.replace(/"(?:[^"]|"")*"|\bFLOAT\b/g, (found) => (found === "FLOAT" ? other : found));
  const doubles = withFloats("DOUBLE");
  return doubles === type ? name : `CAST(CAST(${name} AS ${withFloats("VARCHAR")}) AS ${doubles})`;
}

/** NaN and the infinities are no JSON; a value that holds one counts as empty. */
function typedValue(json: string, type: string): unknown {
  let value: unknown;
  try {
    value = parseJsonExactly(json);
  } catch {
    return undefined;
  }
  const times = type.includes("TIMESTAMP");
  const bytes = type.includes("BLOB");
  return times || bytes
    ? mapTexts(value, (text) => {
        const decoded = bytes ? unescapedBytes(text) : text;
        return times ? isoTime(decoded) : decoded;
      })
    : value;
}

/** Whether a value is, or holds, a time without an end, as DuckDB writes it; no form of a date says that. */
function holdsInfinity(value: unknown): boolean {
  return typeof value === "object" && value !== null
    ? Object.values(value).some(holdsInfinity)
    : value === "infinity" || value === "-infinity";
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === "string") {
    return map(value);
  }
  if (Array.isArray(value)) {
    return value.map((inner) => mapTexts(inner, map));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, map)]))
    : value;
}

/** A time as DuckDB writes it, which is in UTC where it has a zone, in the form of ISO 8601. */
function isoTime(text: string): string {
  const [, date, time, zone] =
    /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(\+00)?$/.exec(text) ?? [];
  return date === undefined || time === undefined
    ? text
    : `${date}T${time}${zone === undefined ? "" : "Z"}`;
}

/** Bytes as DuckDB writes them, `\xC3\xBC` for those that are no printable ASCII. */
function unescapedBytes(text: string): string {
  return text.includes("\\x")
    ? Buffer.from(
        text.replace(/\\x([0-9A-F]{2})/g, (_, hex: string) =>
          String.fromCharCode(parseInt(hex, 16)),
        ),
        "latin1",
      ).toString("utf8")
    : text;
}
