import { isObject, type JsonObject } from "../json";
import { faultOfPropertyName } from "./profile-rules";

/** What `meta.patch_properties` of a profile asks to be done to its custom properties. */
export interface ProfilePatches {
  readonly append: JsonObject;
  readonly unappend: JsonObject;
  readonly unset: readonly string[];
}

/**
 * Checks a profile's `meta` against the API's document; `refuse` is told what is wrong. Patches of
 * identifiers are refused: the simulator has no secondary email addresses. So is a property that is set and
 * patched at once, of which the document does not say what comes first.
 */
export function checkPatches(
  meta: unknown,
  properties: unknown,
  refuse: (path: string, detail: string) => void,
): ProfilePatches | undefined {
  if (meta === null) return undefined;
  if (!isObject(meta)) {
    refuse("meta", "'meta' must be an object.");
    return undefined;
  }
  for (const key of Object.keys(meta)) {
    if (key !== "patch_properties") refuse(`meta/${key}`, `'${key}' is not supported here.`);
  }
  const patches = meta["patch_properties"];
  if (patches === undefined || patches === null) return undefined;
  if (!isObject(patches)) {
    refuse("meta/patch_properties", "'patch_properties' must be an object.");
    return undefined;
  }
  for (const key of Object.keys(patches)) {
    if (!["append", "unappend", "unset"].includes(key)) {
      refuse(`meta/patch_properties/${key}`, `'${key}' is not a valid patch.`);
    }
  }
  const checkName = (patch: string, name: string): void => {
    const fault =
      isObject(properties) && Object.hasOwn(properties, name)
        ? "A property can't be set and patched at once."
        : faultOfPropertyName(name);
    if (fault !== undefined) refuse(`meta/patch_properties/${patch}`, fault);
  };
  const values = (key: "append" | "unappend"): JsonObject => {
    const given = patches[key] ?? {};
    if (!isObject(given)) {
      refuse(`meta/patch_properties/${key}`, `'${key}' must be an object.`);
      return {};
    }
    for (const [name, value] of Object.entries(given)) {
      checkName(key, name);
      if (!listOf(value).every(isSimple)) {
        refuse(`meta/patch_properties/${key}/${name}`, "Only simple values can be patched.");
      }
    }
    return given;
  };
  const unset = listOf(patches["unset"] ?? []);
  const names = unset.filter((name) => typeof name === "string");
  for (const name of names) checkName("unset", name);
  if (names.length < unset.length) {
    refuse("meta/patch_properties/unset", "'unset' must be a string or an array of strings.");
  }
  return { append: values("append"), unappend: values("unappend"), unset: names };
}

/** The custom properties after the patches. Of patches to a property that is no array, the document says nothing. */
export function patched(properties: JsonObject, patches: ProfilePatches): JsonObject {
  const after = new Map(Object.entries(properties));
  for (const [name, value] of Object.entries(patches.append)) {
    const before = after.get(name);
    after.set(name, [...(before === undefined ? [] : listOf(before)), ...listOf(value)]);
  }
  for (const [name, value] of Object.entries(patches.unappend)) {
    const before = after.get(name);
    const gone = listOf(value);
    if (Array.isArray(before)) {
      after.set(
        name,
        before.filter((item) => !gone.includes(item)),
      );
    }
  }
  for (const name of patches.unset) after.delete(name);
  return Object.fromEntries(after);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isSimple(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
