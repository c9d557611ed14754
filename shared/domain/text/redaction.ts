/**
 * Looks wider than for valid addresses: whatever stands around an `@` is taken out, because something that
 * only resembles an address may still name a person.
 */
const EMAIL_LIKE = /[^\s"<>()[\],;:\\@]+@[^\s"'`<>(){}[\],;:=/\\|@]+/gu;
/** Percent-encoded, as an address appears in a URL. */
const ENCODED_EMAIL_LIKE = /[A-Za-z0-9._%+~!*'-]+%40[A-Za-z0-9.-]+/giu;
const API_KEY_LIKE = /pk_[A-Za-z0-9_]+/giu;

/** Longer texts are cut: nothing that is meant to be logged or answered is, and the patterns stay fast. */
const MAX_LENGTH = 4_000;

/** Takes everything out of a text that looks like an API key or an email address. */
export function redact(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  const withoutKeys = cut.replace(API_KEY_LIKE, "[key]");
  const decoded = withoutKeys.includes("%40")
    ? withoutKeys.replace(ENCODED_EMAIL_LIKE, "[email]")
    : withoutKeys;
  return decoded.includes("@") ? decoded.replace(EMAIL_LIKE, "[email]") : decoded;
}
