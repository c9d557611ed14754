/** A value of a profile, by its path from the profile's attributes on. */
export interface ProfileAttribute {
  readonly path: string;
  readonly value: string;
}

/** The values of a profile as it is sent, each by its path: `location.city`, `properties.Joined`. */
export function attributesOf(profile: unknown): readonly ProfileAttribute[] {
  return isObject(profile)
    ? valuesOf(isObject(profile["attributes"]) ? profile["attributes"] : profile, "")
    : [];
}

function valuesOf(object: Record<string, unknown>, prefix: string): ProfileAttribute[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const path = `${prefix}${name}`;
    if (isObject(value)) {
      return valuesOf(value, `${path}.`);
    }
    return [{ path, value: typeof value === "string" ? value : JSON.stringify(value) }];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
