import { createEmailIndex, grown } from "./email-index";
import { isObject, type JsonObject } from "../json";
import { createProfileIds } from "./profile-ids";
import type { ProfileInput } from "../input/profile-input";
import { patched } from "../input/profile-patches";

/** Whether null values of an input clear what is stored (single calls) or are ignored (bulk). */
type NullHandling = "clears" | "ignored";

/** The profiles of one account, by number, in the order in which they came to exist. */
export interface ProfileStore {
  count(): number;
  /** The profile that an input speaks of: by id, else email, else phone number, else external id. */
  find(input: ProfileInput): number | undefined;
  findById(id: string): number | undefined;
  findByEmail(email: string): number | undefined;
  findByPhoneNumber(phoneNumber: string): number | undefined;
  findByExternalId(externalId: string): number | undefined;
  /** Creates the profile, or merges the input into the stored one. Returns its number. */
  upsert(input: ProfileInput, nulls: NullHandling, now: number): number;
  update(profile: number, input: ProfileInput, nulls: NullHandling, now: number): void;
  idOf(profile: number): string;
  emailOf(profile: number): string | undefined;
  /** Attributes other than the email. */
  attributesOf(profile: number): JsonObject;
  /** Milliseconds; the store keeps whole seconds, which is what Klaviyo shows. */
  createdAt(profile: number): number;
  updatedAt(profile: number): number;
}

export function createProfileStore(seed: number): ProfileStore {
  const ids = createProfileIds(seed);
  const emails = createEmailIndex();
  const byPhoneNumber = new Map<string, number>();
  const byExternalId = new Map<string, number>();
  // Most profiles of an export consist of an email only, so other attributes are stored apart,
  // as JSON text, which is far smaller than the objects it stands for.
  const attributes = new Map<number, string>();
  let created = new Uint32Array(1024);
  let updated = new Uint32Array(1024);
  let count = 0;

  const findById = (id: string): number | undefined => {
    const profile = ids.parse(id);
    return profile !== undefined && profile < count ? profile : undefined;
  };

  const attributesOf = (profile: number): JsonObject => {
    const text = attributes.get(profile);
    if (text === undefined) return {};
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  };

  const index = (profile: number, input: ProfileInput): void => {
    if (input.email !== undefined) emails.set(profile, input.email);
    // The first holder keeps an identifier: Klaviyo's precedence on conflict is not documented.
    if (input.phoneNumber !== undefined && !byPhoneNumber.has(input.phoneNumber)) {
      byPhoneNumber.set(input.phoneNumber, profile);
    }
    if (input.externalId !== undefined && !byExternalId.has(input.externalId)) {
      byExternalId.set(input.externalId, profile);
    }
  };

  const merge = (profile: number, input: ProfileInput, nulls: NullHandling): boolean => {
    const { attributes: text, patches } = input;
    const before = attributes.get(profile);
    if (patches === undefined && (text === undefined || before === text)) return false;
    const incoming: unknown = JSON.parse(text ?? "{}");
    if (!isObject(incoming)) return false;
    let merged = mergeObjects(attributesOf(profile), incoming, nulls);
    if (patches !== undefined) {
      const properties = merged["properties"];
      merged = { ...merged, properties: patched(isObject(properties) ? properties : {}, patches) };
    }
    const after = JSON.stringify(merged);
    attributes.set(profile, after);
    return after !== before;
  };

  const add = (input: ProfileInput, now: number): number => {
    const profile = count;
    count += 1;
    if (profile >= created.length) {
      created = grown(created, profile);
      updated = grown(updated, profile);
    }
    const seconds = Math.floor(now / 1000);
    created[profile] = seconds;
    updated[profile] = seconds;
    index(profile, input);
    const asGiven = input.patches === undefined && input.attributes?.includes("null") === false;
    if (asGiven) attributes.set(profile, input.attributes);
    else merge(profile, input, "ignored");
    return profile;
  };

  const change = (profile: number, input: ProfileInput, nulls: NullHandling, now: number): void => {
    if (merge(profile, input, nulls)) updated[profile] = Math.floor(now / 1000);
  };

  const store: ProfileStore = {
    count: () => count,
    find(input) {
      if (input.id !== undefined) return findById(input.id);
      if (input.email !== undefined) return emails.find(input.email);
      if (input.phoneNumber !== undefined) return byPhoneNumber.get(input.phoneNumber);
      return input.externalId === undefined ? undefined : byExternalId.get(input.externalId);
    },
    findById,
    findByEmail: (email) => emails.find(email.toLowerCase()),
    findByPhoneNumber: (phoneNumber) => byPhoneNumber.get(phoneNumber),
    findByExternalId: (externalId) => byExternalId.get(externalId),
    upsert(input, nulls, now) {
      const known = store.find(input);
      if (known === undefined) return add(input, now);
      // A profile that was found by its email alone has no identifier that isn't known yet.
      if (input.id !== undefined || input.attributes !== undefined) index(known, input);
      change(known, input, nulls, now);
      return known;
    },
    update(profile, input, nulls, now) {
      index(profile, input);
      change(profile, input, nulls, now);
    },
    idOf: ids.format,
    emailOf: emails.emailOf,
    attributesOf,
    createdAt: (profile) => (created[profile] ?? 0) * 1000,
    updatedAt: (profile) => (updated[profile] ?? 0) * 1000,
  };
  return store;
}

/** Objects (`location`, `properties`) are merged key by key; everything else is replaced. */
function mergeObjects(stored: JsonObject, incoming: JsonObject, nulls: NullHandling): JsonObject {
  const merged = new Map(Object.entries(stored));
  for (const [key, value] of Object.entries(incoming)) {
    if (value === null) {
      if (nulls === "clears") merged.delete(key);
      continue;
    }
    const before = merged.get(key);
    merged.set(
      key,
      isObject(value) && isObject(before) ? mergeObjects(before, value, nulls) : value,
    );
  }
  return Object.fromEntries(merged);
}
