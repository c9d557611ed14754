import { isIP } from "node:net";

/**
 * What the attributes of a profile must be. Several of them Klaviyo's document describes in words only ("in
 * E.164 format", "IETF BCP 47", "URL pointing to"), and it is not known how much of that is checked: what is
 * not as described the simulator refuses.
 */
const E164 = /^\+[1-9]\d{6,14}$/;
const LOCALE = /^[a-z]{2,3}-[A-Z]{2}$/;
const DEGREES = /^-?\d+(?:\.\d+)?$/;
/** No limit is documented; this is the most that other vendors' clients send. */
const LONGEST_EXTERNAL_ID = 255;

/** What is wrong with one of a profile's texts other than the email, if anything is. */
export function faultOfText(name: string, value: unknown): string | undefined {
  if (typeof value !== "string") return `'${name}' must be a string.`;
  if (value.trim() === "") return `'${name}' must not be blank.`;
  switch (name) {
    case "phone_number":
      return E164.test(value)
        ? undefined
        : "Invalid phone number format (Example of a valid format: +12345678901)";
    case "locale":
      return LOCALE.test(value) ? undefined : "'locale' must be like en-US.";
    case "image":
      return /^https?:\/\//i.test(value) && URL.canParse(value)
        ? undefined
        : "'image' must be a URL.";
    case "external_id":
      return value.length <= LONGEST_EXTERNAL_ID ? undefined : "'external_id' is too long.";
    default:
      return undefined;
  }
}

/** What is wrong with a part of a location that is not null, if anything is. */
export function faultOfLocation(name: string, value: unknown): string | undefined {
  switch (name) {
    case "latitude":
      return faultOfDegrees(name, value, 90);
    case "longitude":
      return faultOfDegrees(name, value, 180);
    default:
  }
  if (typeof value !== "string") return `'${name}' must be a string.`;
  switch (name) {
    case "ip":
      return isIP(value) !== 0 && !value.includes("%") ? undefined : "'ip' must be an IP address.";
    case "timezone":
      return isTimeZone(value) ? undefined : "There is no such time zone.";
    default:
      return value.trim() === "" ? `'${name}' must not be blank.` : undefined;
  }
}

function faultOfDegrees(name: string, value: unknown, most: number): string | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && DEGREES.test(value));
  return isNumber && Math.abs(Number(value)) <= most
    ? undefined
    : `'${name}' must be a number of degrees.`;
}

/** What is wrong with the name of a custom property, if anything is. */
export function faultOfPropertyName(name: string): string | undefined {
  if (name.trim() === "" || name !== name.trim()) return "A property's name must be a text.";
  // Such names are what Klaviyo's own fields were called in its older API.
  return name.startsWith("$") ? "Names that start with $ are reserved." : undefined;
}

/** NUL and halves of characters, as `JSON.stringify` writes them; not where a backslash is meant itself. */
const NO_TEXT = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Whether a text of JSON, as `JSON.stringify` writes it, holds what is no text in a database. */
export function holdsBrokenText(json: string): boolean {
  return json.includes("\\u") && NO_TEXT.test(json);
}

const timeZones = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  let known = timeZones.get(name);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: name });
      // Offsets, which JavaScript takes too, are no names.
      known = /^[A-Za-z]/.test(name);
    } catch {
      known = false;
    }
    timeZones.set(name, known);
  }
  return known;
}
