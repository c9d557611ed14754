import { EMAIL_MAX_LENGTH } from "./email";

/** Longer texts name no field, and no address. */
const LOOKED_AT = 1_000;

/**
 * Whether a text holds what is read as an email address, with more around it or not. Such a text is a person's and
 * no name of a field: it must not be shown where names are.
 */
export function holdsEmail(text: string): boolean {
  const part = text.slice(0, LOOKED_AT);
  for (let at = part.indexOf("@"); at >= 0; at = part.indexOf("@", at + 1)) {
    const before = part.slice(Math.max(0, at - EMAIL_MAX_LENGTH), at);
    const after = part.slice(at + 1, at + EMAIL_MAX_LENGTH);
    if (
      /[^\s<>"(),;:@]$/.test(before) &&
      /^[^\s<>"(),;:@.]+(?:\.[^\s<>"(),;:@.]+)*\.\p{L}{2}/u.test(after)
    ) {
      return true;
    }
  }
  return false;
}
