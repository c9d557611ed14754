import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from "libphonenumber-js/max";
import { digitsWithoutPlus, E164, phoneText } from "../domain/cells/phone-text";
import type { CallingCodeReader } from "../domain/cells/column-observer";
import type { PhoneReader, ReadPhone } from "../domain/profiles/profile-values";
import { plainInternationalNumber } from "./international-numbers";

const NONE: ReadPhone = { kind: "none" };

/**
 * Reads phone numbers as people write them, by the whole numbering plans of all countries: the short ones know
 * only how long a country's numbers are.
 */
export const readPhoneNumber: PhoneReader = (cell, { defaultCountry, codeWithoutPlus }) => {
  const plain = plainInternationalNumber(cell);
  if (plain !== undefined) {
    return { kind: "number", number: plain };
  }
  const text = phoneText(cell);
  if (text === undefined) {
    return NONE;
  }
  const country = supported(defaultCountry);
  const national = numberOf(text, country);
  const digits = country === undefined ? undefined : digitsWithoutPlus(text);
  const code = country === undefined ? undefined : getCountryCallingCode(country);
  if (code === undefined || !digits?.startsWith(code)) {
    return national === undefined ? NONE : { kind: "number", number: national };
  }
  // It is with its country's code or without, and another's number when it is taken the wrong way.
  const withCode = numberOf(`+${digits}`, undefined);
  if (withCode === undefined || national === undefined || withCode === national) {
    const number = withCode ?? national;
    return number === undefined ? NONE : { kind: "number", number };
  }
  return codeWithoutPlus === code ? { kind: "number", number: withCode } : { kind: "ambiguous" };
};

/**
 * The calling code of the country whose number a text is that has no plus before it; undefined when it is none
 * with a plus, or has one.
 */
export const callingCodeOf: CallingCodeReader = (cell) => {
  const text = phoneText(cell);
  const digits = text === undefined ? undefined : digitsWithoutPlus(text);
  const like = {
    isLikePhone: /^\+?\d{6,15}$/.test((text ?? "").replace(/[\s()./-]/g, "")),
    // What begins as most of the world calls abroad has its country's code.
    needsCountry: digits !== undefined && /^(?!00[1-9])\d{6,15}$/.test(digits),
  };
  if (digits === undefined || digits.startsWith("0")) {
    return { ...like, isCandidate: digits !== undefined, code: undefined };
  }
  const isNumber = numberOf(`+${digits}`, undefined) !== undefined;
  return {
    ...like,
    isCandidate: true,
    code: isNumber
      ? String(parsePhoneNumberFromString(`+${digits}`)?.countryCallingCode)
      : undefined,
  };
};

/** Whether a calling code is that of a country whose numbers may be written without a plus. */
export function beginsWith(defaultCountry: string | undefined, code: string): boolean {
  const country = supported(defaultCountry);
  return country !== undefined && getCountryCallingCode(country) === code;
}

/** E.164, if the text is a subscriber's valid number and nothing more. */
function numberOf(text: string, defaultCountry: CountryCode | undefined): string | undefined {
  const number = parsePhoneNumberFromString(
    // Where no country says how its people call abroad, most of the world does so.
    defaultCountry === undefined ? text.replace(/^00\s?(?=[1-9])/, "+") : text,
    defaultCountry === undefined ? { extract: false } : { defaultCountry, extract: false },
  );
  return number?.isValid() === true &&
    number.ext === undefined &&
    !number.isNonGeographic() &&
    E164.test(number.number)
    ? number.number
    : undefined;
}

function supported(country: string | undefined): CountryCode | undefined {
  return country !== undefined && isSupportedCountry(country) ? country : undefined;
}
