import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import type { PhoneReader } from "../domain/profile-values";

/** Longest text that is looked at: a number with its punctuation. */
const MAX_LENGTH = 60;

/** Reads phone numbers as people write them, by the numbering plans of all countries. */
export const readPhoneNumber: PhoneReader = (text, defaultCountry) => {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  const number =
    defaultCountry !== undefined && isSupportedCountry(defaultCountry)
      ? parsePhoneNumberFromString(text, { defaultCountry, extract: false })
      : parsePhoneNumberFromString(text, { extract: false });
  return number?.isValid() === true && number.ext === undefined ? number.number : undefined;
};
