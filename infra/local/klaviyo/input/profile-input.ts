import { invalidAt, type ErrorObject } from "../http/errors";
import { isObject, type JsonObject } from "../json";
import { LOCATION_PARTS, PROFILE_TEXTS } from "./profile-attributes";
import { checkPatches, type ProfilePatches } from "./profile-patches";
import {
  faultOfLocation,
  faultOfPropertyName,
  faultOfText,
  holdsBrokenText,
} from "./profile-rules";

/** A profile as a request gave it, checked. */
export interface ProfileInput {
  readonly id: string | undefined;
  /** In lower case: Klaviyo finds profiles whatever the case of their email. */
  readonly email: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly externalId: string | undefined;
  /** All attributes other than the email as JSON text; undefined when there are none. */
  readonly attributes: string | undefined;
  /** What is to be done to custom properties that the profile has. */
  readonly patches?: ProfilePatches | undefined;
}

export type ProfileCheck =
  | { readonly ok: true; readonly input: ProfileInput }
  | { readonly ok: false; readonly errors: readonly ErrorObject[] };

export interface ProfileRules {
  /** Begins the pointers of the errors: `/data`, or `/data/attributes/profiles/data/12`. */
  readonly pointer: () => string;
  readonly idExists: (id: string) => boolean;
  /** False for updates, where the profile is named by the path. */
  readonly identifierNeeded: boolean;
  /**
   * Is told of a phone number that is none, beside a valid email, and takes the profile without it; where there is
   * nobody to be told, the profile is refused. Klaviyo is described in both ways.
   */
  readonly onIgnored?: ((name: string) => void) | undefined;
}

/** Klaviyo's guide on profiles: an email has at most 100 characters. */
const LONGEST_EMAIL = 100;
const LONGEST_LOCAL_PART = 64;
/** "100KB" of the API reference, read strictly. */
const LARGEST_PROFILE_BYTES = 100_000;
/**
 * The address rule of emailregex.com, which Klaviyo's guide refers to, without its quoted local
 * parts and IP addresses: where it isn't known what Klaviyo accepts, the simulator refuses.
 */
const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/i;

/** `_kx` is taken and never shown. */
const TEXT_ATTRIBUTES: ReadonlySet<string> = new Set([...PROFILE_TEXTS, "_kx"]);
const ATTRIBUTES: ReadonlySet<string> = new Set([...TEXT_ATTRIBUTES, "location", "properties"]);
const LOCATION_ATTRIBUTES: ReadonlySet<string> = new Set(LOCATION_PARTS);

/** Whether the simulator takes a text for a valid email address. */
export function isValidEmail(email: string): boolean {
  return (
    email.length <= LONGEST_EMAIL && email.indexOf("@") <= LONGEST_LOCAL_PART && EMAIL.test(email)
  );
}

/**
 * Checks one profile resource `{type, id?, attributes}`.
 *
 * Written by hand over `unknown` instead of as a zod schema, because it runs 10,000 times per
 * import job on the cores that the measured system needs too: a profile that consists of a valid
 * email costs one regular expression and one small object.
 */
export function checkProfile(value: unknown, rules: ProfileRules): ProfileCheck {
  if (!isObject(value)) return refused(rules, "", "A profile must be an object.");
  const attributes = value["attributes"];
  if (value["type"] !== "profile") return refused(rules, "/type", "The type must be 'profile'.");
  if (!isObject(attributes)) {
    return refused(rules, "/attributes", "The attributes of a profile must be an object.");
  }
  const errors: ErrorObject[] = [];
  let id: string | undefined;
  let patches: ProfilePatches | undefined;
  for (const key in value) {
    if (key === "type" || key === "attributes") continue;
    if (key === "meta") {
      patches = checkPatches(value["meta"], attributes["properties"], (path, detail) => {
        errors.push(invalidAt(`${rules.pointer()}/${path}`, detail));
      });
    } else if (key !== "id") {
      errors.push(invalidAt(`${rules.pointer()}/${key}`, `'${key}' is not supported here.`));
    } else if (typeof value["id"] === "string" && rules.idExists(value["id"])) {
      id = value["id"];
    } else if (value["id"] !== null) {
      errors.push(invalidAt(`${rules.pointer()}/id`, "There is no profile with this id."));
    }
  }

  let email: string | undefined;
  let hasOthers = false;
  for (const key in attributes) {
    if (key !== "email") {
      hasOthers = true;
      continue;
    }
    const given = attributes["email"];
    if (typeof given === "string" && isValidEmail(given)) email = given.toLowerCase();
    else errors.push(invalidAt(`${rules.pointer()}/attributes/email`, "Invalid email address"));
  }
  const { phone_number: phone } = attributes;
  const ignoresPhone =
    phone != null &&
    email !== undefined &&
    rules.onIgnored !== undefined &&
    faultOfText("phone_number", phone) !== undefined;
  if (ignoresPhone) rules.onIgnored("phone_number");
  const taken = ignoresPhone ? { ...attributes, phone_number: null } : attributes;
  if (hasOthers) checkOtherAttributes(taken, rules, errors);
  const phoneNumber = textOf(taken["phone_number"]);
  const externalId = textOf(attributes["external_id"]);
  if (
    rules.identifierNeeded &&
    errors.length === 0 &&
    (id ?? email ?? phoneNumber ?? externalId) === undefined
  ) {
    const detail = "A profile needs an id, an email, a phone number or an external id.";
    return refused(rules, "/attributes", detail);
  }
  if (errors.length > 0) return { ok: false, errors };
  if (!hasOthers && value["meta"] === undefined) {
    return { ok: true, input: { id, email, phoneNumber, externalId, attributes: undefined } };
  }
  const whole = JSON.stringify(value);
  // A character takes at most three bytes, so most profiles need not be measured exactly.
  if (
    whole.length * 3 > LARGEST_PROFILE_BYTES &&
    Buffer.byteLength(whole) > LARGEST_PROFILE_BYTES
  ) {
    return refused(rules, "", "A profile may have at most 100KB.");
  }
  if (holdsBrokenText(whole)) {
    return refused(rules, "", "A profile's texts hold no NUL and whole characters only.");
  }
  const others = hasOthers ? JSON.stringify({ ...taken, email: undefined }) : undefined;
  return { ok: true, input: { id, email, phoneNumber, externalId, attributes: others, patches } };
}

function checkOtherAttributes(
  attributes: JsonObject,
  rules: ProfileRules,
  errors: ErrorObject[],
): void {
  const refuse = (path: string, detail: string): void => {
    errors.push(invalidAt(`${rules.pointer()}/attributes/${path}`, detail));
  };
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "email" || (value === null && ATTRIBUTES.has(key))) continue;
    if (TEXT_ATTRIBUTES.has(key)) {
      const fault = faultOfText(key, value);
      if (fault !== undefined) refuse(key, fault);
    } else if (key === "properties") {
      if (isObject(value)) checkProperties(value, refuse);
      else refuse(key, "'properties' must be an object.");
    } else if (key === "location") {
      if (!isObject(value)) refuse(key, "'location' must be an object.");
      else checkLocation(value, refuse);
    } else refuse(key, `'${key}' is not a valid field for the resource 'profile'.`);
  }
}

function checkLocation(location: JsonObject, refuse: (path: string, detail: string) => void): void {
  for (const [key, value] of Object.entries(location)) {
    if (!LOCATION_ATTRIBUTES.has(key)) {
      refuse(`location/${key}`, `'${key}' is not a valid field of a location.`);
      continue;
    }
    const fault = value === null ? undefined : faultOfLocation(key, value);
    if (fault !== undefined) refuse(`location/${key}`, fault);
  }
}

function checkProperties(
  properties: JsonObject,
  refuse: (path: string, detail: string) => void,
): void {
  for (const name of Object.keys(properties)) {
    const fault = faultOfPropertyName(name);
    if (fault !== undefined) refuse(`properties/${name}`, fault);
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function refused(rules: ProfileRules, path: string, detail: string): ProfileCheck {
  return { ok: false, errors: [invalidAt(`${rules.pointer()}${path}`, detail)] };
}
