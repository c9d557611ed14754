import { ApiFailure, invalidAt, type ErrorObject } from "../http/errors";
import { isObject } from "../json";
import { checkProfile, type ProfileInput } from "./profile-input";

/** A value that is not taken: the job is refused for it, or the profile is taken without it. */
export interface ValueRefusal {
  readonly attribute: string;
  readonly how: "pointer" | "header";
}

/** What an import job was asked to do, checked. */
export interface ImportJobInput {
  readonly listId: string | undefined;
  /** In the order of the request, without duplicates: of each identifier the first. */
  readonly profiles: readonly ProfileInput[];
  /** Position in the request of each of `profiles`; undefined while both are the same. */
  readonly positions: Uint32Array | undefined;
  readonly duplicates: number;
  readonly total: number;
  /** Attributes of which values were ignored. */
  readonly ignored: readonly string[];
}

export interface ImportJobRules {
  readonly listExists: (id: string) => boolean;
  readonly profileExists: (id: string) => boolean;
  /** A refusal that a fault asks for although the profile is well-formed. */
  readonly refusal: ((email: string, pointer: string) => ErrorObject | undefined) | undefined;
  /** A value that a fault asks not to be taken although it is well-formed. */
  readonly valueRefusal: ((profile: ProfileInput) => ValueRefusal | undefined) | undefined;
  /** Whether a phone number that is none is ignored where the profile has an email; refused otherwise. */
  readonly ignoresPhones: boolean;
  /** Whether an answer lists every bad profile (Infinity) or only so many. */
  readonly mostErrors: number;
}

/** Klaviyo API reference, bulk import: at most 10,000 profiles per request. */
const MOST_PROFILES = 10_000;

/**
 * Checks the body of a bulk import. One bad profile refuses the whole job; the failure lists every
 * bad profile with its pointer.
 *
 * @throws ApiFailure 400
 */
export function checkImportJob(body: unknown, rules: ImportJobRules): ImportJobInput {
  const data = member(body, "data", "");
  onlyKeys(body, ["data"], "");
  onlyKeys(data, ["type", "attributes", "relationships"], "/data");
  if (data["type"] !== "profile-bulk-import-job") {
    throw failure("/data/type", "The type must be 'profile-bulk-import-job'.");
  }
  const attributes = member(data, "attributes", "/data");
  onlyKeys(attributes, ["profiles"], "/data/attributes");
  const container = member(attributes, "profiles", "/data/attributes");
  onlyKeys(container, ["data"], "/data/attributes/profiles");
  const profiles = container["data"];
  const pointer = "/data/attributes/profiles/data";
  if (!Array.isArray(profiles) || profiles.length === 0) {
    throw failure(pointer, "A job needs at least one profile.");
  }
  if (profiles.length > MOST_PROFILES) {
    throw failure(pointer, "A job may have at most 10,000 profiles.");
  }
  const listId = checkLists(data["relationships"], rules);
  return { listId, ...checkProfiles(profiles, pointer, rules) };
}

function checkProfiles(
  values: readonly unknown[],
  base: string,
  rules: ImportJobRules,
): Omit<ImportJobInput, "listId"> {
  const errors: ErrorObject[] = [];
  const profiles: ProfileInput[] = [];
  const positions = new Uint32Array(values.length);
  const seen = new Set<string>();
  const ignored = new Set<string>();
  let index = 0;
  const profileRules = {
    onIgnored: rules.ignoresPhones ? (name: string) => void ignored.add(name) : undefined,
    pointer: () => `${base}/${index}`,
    idExists: rules.profileExists,
    identifierNeeded: true,
  };
  for (; index < values.length; index += 1) {
    const check = checkProfile(values[index], profileRules);
    if (!check.ok) {
      errors.push(...check.errors);
      continue;
    }
    let { input } = check;
    const value = rules.valueRefusal?.(input);
    if (value?.how === "header") {
      ignored.add(value.attribute.split("/")[0] ?? "");
      input = withoutValue(input, value.attribute);
    } else if (value !== undefined) {
      const pointer = `${profileRules.pointer()}/attributes/${value.attribute}`;
      errors.push(invalidAt(pointer, `'${value.attribute}' is not valid.`));
    }
    if (rules.refusal !== undefined && input.email !== undefined) {
      const refusal = rules.refusal(input.email, profileRules.pointer());
      if (refusal !== undefined) errors.push(refusal);
    }
    const before = seen.size;
    // An "@" can't be in the other identifiers' prefixes, so emails need none.
    seen.add(input.email ?? identityOf(input));
    if (seen.size > before) {
      positions[profiles.length] = index;
      profiles.push(input);
    }
  }
  if (errors.length > 0) throw new ApiFailure(400, errors.slice(0, rules.mostErrors));
  const duplicates = values.length - profiles.length;
  return {
    profiles,
    positions: duplicates === 0 ? undefined : positions.slice(0, profiles.length),
    duplicates,
    total: values.length,
    ignored: [...ignored],
  };
}

function withoutValue(input: ProfileInput, attribute: string): ProfileInput {
  const attributes: unknown = JSON.parse(input.attributes ?? "{}");
  const [first = "", second] = attribute.split("/");
  if (!isObject(attributes)) return input;
  const inner = attributes[first];
  const left =
    second !== undefined && isObject(inner) ? { ...inner, [second]: undefined } : undefined;
  return {
    ...input,
    ...(first === "phone_number" ? { phoneNumber: undefined } : {}),
    attributes: JSON.stringify({ ...attributes, [first]: left }),
  };
}

function identityOf(input: ProfileInput): string {
  if (input.id !== undefined) return `id:${input.id}`;
  return input.phoneNumber === undefined
    ? `external id:${input.externalId ?? ""}`
    : `phone number:${input.phoneNumber}`;
}

function checkLists(relationships: unknown, rules: ImportJobRules): string | undefined {
  if (relationships === undefined) return undefined;
  const base = "/data/relationships";
  if (!isObject(relationships)) throw failure(base, "The relationships must be an object.");
  onlyKeys(relationships, ["lists"], base);
  const lists = member(relationships, "lists", base)["data"];
  if (!Array.isArray(lists)) throw failure(`${base}/lists/data`, "The lists must be an array.");
  if (lists.length > 1) {
    // How many lists Klaviyo takes is not documented, so the simulator takes no more than one.
    throw failure(`${base}/lists/data/1`, "A job may have at most one list.");
  }
  if (lists.length === 0) return undefined;
  const list: unknown = lists[0];
  if (!isObject(list) || list["type"] !== "list" || typeof list["id"] !== "string") {
    throw failure(`${base}/lists/data/0`, "A list is given as its type and id.");
  }
  onlyKeys(list, ["type", "id"], `${base}/lists/data/0`);
  // A recorded answer points to the whole resource, not to the list.
  if (!rules.listExists(list["id"]))
    throw failure("/data", `List ID ${list["id"]} does not exist.`);
  return list["id"];
}

function member(value: unknown, key: string, pointer: string): Record<string, unknown> {
  const inner = isObject(value) ? value[key] : undefined;
  if (!isObject(inner)) throw failure(`${pointer}/${key}`, `'${key}' is required, as an object.`);
  return inner;
}

function onlyKeys(value: unknown, allowed: readonly string[], pointer: string): void {
  if (!isObject(value)) return;
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) {
      throw failure(`${pointer}/${key}`, `'${key}' is not a valid field here.`);
    }
  }
}

function failure(pointer: string, detail: string): ApiFailure {
  return new ApiFailure(400, [invalidAt(pointer, detail)]);
}
