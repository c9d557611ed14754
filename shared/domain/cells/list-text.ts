import { parseJsonExactly } from "../profiles/exact-json";
import { unwrapped } from "./wrapping";

/**
 * Reads a list that is written as text: a JSON array, Python's (`['a', 'b']`, `('a', 'b')`), PostgreSQL's
 * (`{a,"b c"}`), Java's (`[a, b]`), or items parted by a separator, each of which may be in quotes. Empty items are left out of the latter.
 * Undefined where an array has begun and is none.
 *
 * @param text not empty
 */
export function readListText(text: string, separator: string): readonly unknown[] | undefined {
  if (text.startsWith("[")) {
    return readJsonArray(text) ?? readQuotedItems(text, "[", "]") ?? readBareItems(text);
  }
  if (/^\(\s*(?:'.*'|".*")(?:\s*,)?\s*\)$/s.test(text)) {
    return readQuotedItems(`[${text.slice(1, -1)}]`, "[", "]") ?? splitQuoted(text, separator);
  }
  if (text.startsWith("{") && text.endsWith("}")) {
    return readQuotedItems(text, "{", "}");
  }
  return splitQuoted(text, separator);
}

/** Whether a text is a list by its brackets, whatever the separator. */
export function isBracketedList(text: string): boolean {
  return /^[[{]/.test(text) && !/^\{\s*"[^"]*"\s*:/.test(text)
    ? readListText(text, ",") !== undefined && (text.startsWith("{") || !isBare(text))
    : false;
}

/** Whether a list in square brackets can be told from a text in such brackets by nothing else. */
function isBare(text: string): boolean {
  return readJsonArray(text) === undefined && readQuotedItems(text, "[", "]") === undefined;
}

/** Java's items are in no quotes, so none of them may hold a mark of another form. */
function readBareItems(text: string): readonly string[] | undefined {
  const items = /^\[([^[\]{}"']+)\]$/
    .exec(text)?.[1]
    ?.split(",")
    .map((item) => item.trim());
  return items === undefined || items.some((item) => item === "" || /^[\d.\s-]+$/.test(item))
    ? undefined
    : items;
}

function readJsonArray(text: string): readonly unknown[] | undefined {
  try {
    const parsed = parseJsonExactly(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** An item in quotes with escapes, or one without quotes. */
const ITEM =
  /\s*(?:[ub](?=["']))?(?:"((?:[^"\\]|\\.|"")*)"\s*|'((?:[^'\\]|\\.|'')*)'\s*|([^\s"',[\]{}](?:[^,"'[\]{}]|(?<=\w)')*))(,|$)/suy;

/** What stands between two brackets: items parted by commas. Only Python's list has to quote its texts. */
function readQuotedItems(
  text: string,
  open: "[" | "{",
  close: "]" | "}",
): readonly unknown[] | undefined {
  if (!text.endsWith(close)) {
    return undefined;
  }
  const inner = text.slice(1, -1);
  const items: unknown[] = [];
  if (inner.trim() === "") {
    return items;
  }
  ITEM.lastIndex = 0;
  for (;;) {
    const [, double, single, bare, end] = ITEM.exec(inner) ?? [];
    if (end === undefined) {
      return undefined;
    }
    const quoted = double ?? single;
    if (quoted !== undefined) {
      items.push(unescaped(quoted, double === undefined ? "'" : '"'));
    } else if (open === "[") {
      const value = pythonValue(bare?.trim() ?? "");
      if (value === undefined) {
        return undefined;
      }
      items.push(value);
    } else if (bare?.trim().toUpperCase() !== "NULL") {
      items.push(bare?.trim() ?? "");
    }
    if (end === "") {
      // After the last comma Python may have nothing.
      return items;
    }
    if (inner.slice(ITEM.lastIndex).trim() === "") {
      return open === "[" ? items : undefined;
    }
  }
}

function unescaped(text: string, quote: string): string {
  return text
    .replaceAll(quote + quote, quote)
    .replace(/\\(?:u([\da-f]{4})|(.))/gisu, (_, code: string | undefined, character: string) =>
      code === undefined
        ? (escapes[character] ?? character)
        : String.fromCharCode(parseInt(code, 16)),
    );
}
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

function pythonValue(text: string): unknown {
  switch (text) {
    case "None":
    case "nan":
    case "NaN":
      return null;
    case "True":
      return true;
    case "False":
      return false;
    default: {
      const read = readJsonArray(`[${text}]`);
      return read?.length === 1 ? read[0] : undefined;
    }
  }
}

/** Items parted by a separator, which is no separator between quotes. */
function splitQuoted(text: string, separator: string): readonly string[] {
  const items: string[] = [];
  /** Quotes that are closed nowhere further on: looking for that again and again would take long. */
  const unclosed = new Set<string>();
  let at = 0;
  while (at <= text.length) {
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    const quote = text[start];
    const opens = (quote === '"' || quote === "'") && !unclosed.has(quote);
    const closing = opens ? closingQuote(text, start, quote, separator) : undefined;
    if (opens && closing === undefined) {
      unclosed.add(quote);
    }
    const end = closing?.next ?? nextOr(text.indexOf(separator, at), text.length);
    const item =
      closing === undefined
        ? unwrapped(text.slice(at, end))
        : text.slice(start + 1, closing.at).replaceAll(`${quote}${quote}`, quote ?? "");
    if (item.trim() !== "") {
      items.push(item.trim());
    }
    at = end + separator.length;
  }
  return items;
}

/** Where a quoted item ends: its closing quote, and the separator or the end that has to follow it. */
function closingQuote(
  text: string,
  start: number,
  quote: string,
  separator: string,
): { at: number; next: number } | undefined {
  for (let at = text.indexOf(quote, start + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (text[at + 1] === quote) {
      at += 1;
      continue;
    }
    const space = /^\s*/.exec(text.slice(at + 1))?.[0].length ?? 0;
    for (const after of [at + 1, at + 1 + space]) {
      if (after === text.length || text.startsWith(separator, after)) {
        return { at, next: after };
      }
    }
  }
  return undefined;
}

function nextOr(found: number, otherwise: number): number {
  return found < 0 ? otherwise : found;
}
