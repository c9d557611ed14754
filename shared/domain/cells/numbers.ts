import { isKeptExactly } from "../profiles/exact-number";

/** What parts the whole part of a number from its fraction; the other mark then parts its thousands. */
export type DecimalMark = "." | ",";

/** What a text comes to as a number; `ambiguous`: it is another number with the other decimal mark. */
export type ReadNumber = number | "ambiguous" | "none";

const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
/** So short that it is kept exactly, and its point parts no thousands. */
const SHORT_DECIMAL = /^-?\d{1,11}(?:\.\d{1,2})?$/;
const EXPONENT = /^([+-]?)(\d+(?:([.,])\d*)?|([.,])\d+)e([+-]?\d{1,3})$/i;
/** A number as it is written anywhere: digits with marks between them. */
const MARKED = /^\d[\d.,' \u00a0\u202f\u2009’]*$|^[.,]\d+$/;
/** Western groups of three digits, or India's: three at the end and two before. */
const GROUPS = /^\d{1,3}(?:([,.'’]| )\d{3})(?:\1\d{3})*$|^\d{1,2}(?:,\d{2})+,\d{3}$/;

/** The currency's sign or code at one end. */
const sign =
  "\\p{Sc}|[A-Z]{1,2}\\$|[A-Z]{3}|kr\\.?|zł|Kč|Ft|Fr\\.|lei|лв\\.?|руб\\.?|грн\\.?|Rs\\.?|Rp\\.?|R|TL|RM|S/\\.?|円|元|원";
const CURRENCY_BEFORE = new RegExp(`^([+-]?)(${sign})\\s*(?=[-+.,\\d])`, "u");
const CURRENCY_AFTER = new RegExp(`(?<=[\\d.,])\\s*(${sign})(-?)$`, "u");
/** For no cents: `12,-`, `12.–`, `99:-`. */
const NO_CENTS = /(?<=\d)([.,:])(?:-|−|–|—){1,2}$/u;
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/**
 * Reads a number: with or without marks between its thousands, a currency's sign, an exponent. A number such as
 * `1,234` is read by the decimal mark that its column has; a number that can mean one thing only is read as that,
 * unless a person has set the mark. More digits than a double keeps make it no number.
 */
export function readNumber(
  text: string,
  { decimal, isSet = false }: { decimal?: DecimalMark | undefined; isSet?: boolean } = {},
): ReadNumber {
  // Most numbers are written so, and can mean one thing only.
  if ((!isSet || decimal === ".") && SHORT_DECIMAL.test(text)) {
    return Number(text);
  }
  const bare = withoutCurrency(text);
  if (bare === undefined) {
    return "none";
  }
  const own = decimalMarkOf(bare);
  if (own === "none" || (isSet && own !== "either" && own !== "any" && own !== decimal)) {
    return "none";
  }
  const mark = own === "either" ? decimal : own === "any" ? "." : own;
  if (mark === undefined) {
    return "ambiguous";
  }
  const written =
    mark === "." ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", ".");
  const plain = written.replace(/[' \u00a0\u202f\u2009’]/g, "");
  return isKeptExactly(plain) ? Number(plain) : "none";
}

/**
 * What a cell shows of its column's decimal mark: the mark itself; `either` if it has a mark that may part
 * thousands; `any` if it is a number with none; `none` if it is no number.
 */
export function decimalEvidence(text: string): DecimalMark | "either" | "any" | "none" {
  const bare = withoutCurrency(text);
  return bare === undefined ? "none" : decimalMarkOf(bare);
}

function decimalMarkOf(bare: string): DecimalMark | "either" | "any" | "none" {
  const [, , , within, leading] = EXPONENT.exec(bare) ?? [];
  if (EXPONENT.test(bare)) {
    const mark = within ?? leading;
    return mark === "," ? "," : mark === "." ? "." : "any";
  }
  const digits = bare.replace(/^[+-]/, "");
  if (!MARKED.test(digits)) {
    return "none";
  }
  const dots = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (dots > 0 && commas > 0) {
    const mark = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
    const at = digits.indexOf(mark);
    return at === digits.lastIndexOf(mark) &&
      isGrouped(digits.slice(0, at)) &&
      isFraction(digits.slice(at + 1))
      ? mark
      : "none";
  }
  if (dots + commas === 0) {
    return /^\d+$/.test(digits) || isGrouped(digits) ? "any" : "none";
  }
  const mark = dots > 0 ? "." : ",";
  if (dots + commas > 1) {
    return isGrouped(digits) ? (mark === "." ? "," : ".") : "none";
  }
  const [whole = "", fraction = ""] = digits.split(mark);
  if (/[' \u00a0\u202f\u2009’]/.test(whole)) {
    return isGrouped(whole) && isFraction(fraction) ? mark : "none";
  }
  if (!isFraction(fraction)) {
    return "none";
  }
  return fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole) ? "either" : mark;
}

function isGrouped(whole: string): boolean {
  return /^\d+$/.test(whole) || GROUPS.test(whole.replace(/[\u00a0\u202f\u2009]/g, " "));
}

function isFraction(text: string): boolean {
  return /^\d*$/.test(text);
}

/** A number's sign, digits and marks; undefined when something else stands there. */
function withoutCurrency(text: string): string | undefined {
  if (PLAIN.test(text)) {
    return text;
  }
  const bracketed = /^\((.+)\)$/.exec(text)?.[1];
  const written = (bracketed ?? text).replace(/^[−–](?=\s?[\d\p{Sc}])/u, "-");
  let bare = written.replace(NO_CENTS, (_, mark: string) => (mark === ":" ? "" : `${mark}00`));
  let minus = bracketed !== undefined;
  const before = CURRENCY_BEFORE.exec(bare);
  const after = before === null ? CURRENCY_AFTER.exec(bare) : null;
  const unit = before?.[2] ?? after?.[1];
  if (unit !== undefined && /^[A-Z]{3}$/.test(unit) && !currencies.has(unit)) {
    return undefined;
  }
  if (before !== null) {
    bare = (before[1] ?? "") + bare.slice(before[0].length);
  } else if (after !== null) {
    bare = bare.slice(0, after.index) + (after[2] ?? "");
  }
  if (/\d-$/.test(bare)) {
    bare = bare.slice(0, -1);
    minus = true;
  }
  if (minus) {
    return /^[+-]/.test(bare) ? undefined : `-${bare}`;
  }
  return bare.replace(/^([+-])\s/, "$1");
}
