import { unwrapped } from "./wrapping";

/** E.164 with at most 15 digits; no subscriber anywhere has fewer than seven with the country's code. */
export const E164 = /^\+[1-9]\d{6,14}$/;

/** Longest text that is looked at: a number with its punctuation. */
const MAX_LENGTH = 60;

/** Facebook's lead forms, links, and Twilio's addresses. */
const LABEL = /^(?:p|tel|whatsapp)\s*:\s*/i;
/** `(+49) 171 …`, `(0049) 171 …` */
const BRACKETED_CODE = /^\(\s*(\+|00)\s*(\d{1,3})\s*\)/;
/**
 * A whole number that went through a program that keeps fractions: its zero is no digit of the number. Where points
 * part the digits, it may be one.
 */
const WHOLE_WITH_FRACTION = /^(\+?\d+)\.0+$|^(\+?[\d\s()/-]+)\.0$/;

/**
 * A phone number's text as a numbering plan reads it: ordinary digits, without invisible characters, marks and
 * labels. Undefined for what can't be one.
 */
export function phoneText(cell: string): string | undefined {
  // Footnotes' figures would become digits of the number.
  if (cell.length > MAX_LENGTH || /\p{No}/u.test(cell)) {
    return undefined;
  }
  const text = unwrapped(cell.normalize("NFKC").replace(/\p{Cf}/gu, "")).replace(LABEL, "");
  return unwrapped(text).replace(BRACKETED_CODE, "$1$2 ").replace(WHOLE_WITH_FRACTION, "$1$2");
}

/** Whether a number begins without a plus, and so may begin with its country's code or without. */
export function digitsWithoutPlus(text: string): string | undefined {
  const digits = text.replace(/[\s()./-]/g, "");
  return /^\d+$/.test(digits) ? digits : undefined;
}
