import * as z from "zod";

const profileSchema = z.looseObject({ attributes: z.looseObject({ email: z.string() }) });
const bodySchema = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ profiles: z.looseObject({ data: z.array(profileSchema) }) }),
  }),
});

/** Where a body holds its profiles; a pointer of Klaviyo's that names one begins so. */
export const WAY_TO_PROFILES = ["data", "attributes", "profiles", "data"] as const;

/** The text around a body's profiles, which commas part (Klaviyo API reference, bulk import). */
export function importJobEnvelope(listId: string): {
  readonly before: string;
  readonly after: string;
} {
  const lists = JSON.stringify({ lists: { data: [{ type: "list", id: listId }] } });
  return {
    before: '{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":[',
    after: `]}},"relationships":${lists}}}`,
  };
}

/** The way to a value within a profile: `["attributes", "location", "city"]`. */
type ValuePath = readonly string[];

/** A staged body, opened to take profiles or values out of it or to look them up. */
export interface ImportJobBody {
  /** Emails in the body's order: the index is the position that a pointer of Klaviyo's names. */
  readonly emails: readonly string[];
  /** A value of a profile; undefined when it has none there. */
  valueOf(position: number, value: ValuePath): unknown;
  /** A body of the profiles at these positions only, without those of their values that are to be left out. */
  only(
    positions: readonly number[],
    leftOut?: readonly { readonly position: number | null; readonly value: ValuePath }[],
  ): Buffer;
}

/** Opens the body of a bulk import job. It was written by this system; another form is a defect. */
export function openImportJobBody(bytes: Buffer): ImportJobBody {
  const body = bodySchema.parse(JSON.parse(bytes.toString("utf8")));
  const profiles = body.data.attributes.profiles.data;
  return {
    emails: profiles.map(({ attributes }) => attributes.email),
    valueOf: (position, value) => valueAt(profiles[position], value),
    only: (positions, leftOut = []) => {
      const less = new Map<number, unknown>();
      for (const { position, value } of leftOut) {
        if (position !== null) {
          less.set(position, withoutValue(less.get(position) ?? profiles[position], value));
        }
      }
      const data = positions.map((position) => less.get(position) ?? profiles[position]);
      return Buffer.from(
        JSON.stringify({
          ...body,
          data: {
            ...body.data,
            attributes: { ...body.data.attributes, profiles: { data } },
          },
        }),
      );
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueAt(within: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    within,
  );
}

/** The same without the value; an object that holds nothing any more goes with it. */
function withoutValue(within: unknown, [name, ...rest]: ValuePath): unknown {
  if (!isObject(within) || name === undefined) {
    return within;
  }
  const inner = rest.length === 0 ? undefined : withoutValue(within[name], rest);
  return Object.fromEntries(
    Object.entries(within).flatMap(([key, value]) => {
      if (key !== name) {
        return [[key, value]];
      }
      const isEmpty = inner === undefined || (isObject(inner) && Object.keys(inner).length === 0);
      return isEmpty ? [] : [[key, inner]];
    }),
  );
}
