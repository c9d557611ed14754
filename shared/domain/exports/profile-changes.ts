import * as z from "zod";

/** What a run would change of a profile that Klaviyo has. */
export const profileChangeSchema = z.object({
  email: z.string(),
  fields: z.array(
    z.object({
      /** As a mapping calls it: `first_name`, `location.city`, `properties.Tier`. */
      attribute: z.string(),
      /** What Klaviyo has now; null for nothing. */
      before: z.unknown(),
      /** What it is sent; null where it is cleared. */
      after: z.unknown(),
    }),
  ),
});
export type ProfileChange = z.infer<typeof profileChangeSchema>;

/** Changes that are shown together take at most so many bytes of UTF-8; fewer are shown then. */
const MOST_BYTES = 50_000;

const groupSchema = z.record(z.string(), z.unknown());

/** A profile as a run sends it. */
const sentSchema = z.object({
  attributes: z.record(z.string(), z.unknown()).and(z.object({ email: z.string() })),
  meta: z
    .object({ patch_properties: z.object({ unset: z.array(z.string()).optional() }).optional() })
    .optional(),
});

/** The address of a profile as a run sends it; undefined for what is none. */
export function emailOfSent(sent: unknown): string | undefined {
  return sentSchema.safeParse(sent).data?.attributes.email;
}

/**
 * What of profiles, as a run sends them, differs from what Klaviyo has of these people. Those are left out of whom
 * nothing differs, and of whom Klaviyo has no profile.
 */
export function changesOf(
  sent: readonly unknown[],
  held: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): ProfileChange[] {
  let room = MOST_BYTES;
  return sent.flatMap((profile) => {
    const read = sentSchema.safeParse(profile).data;
    const present = read === undefined ? undefined : held.get(read.attributes.email);
    if (read === undefined || present === undefined) {
      return [];
    }
    const change = { email: read.attributes.email, fields: fieldsOf(read, present) };
    room -= new TextEncoder().encode(JSON.stringify(change)).length;
    return change.fields.length === 0 || room < 0 ? [] : [change];
  });
}

function fieldsOf(
  { attributes: { email: _same, ...attributes }, meta }: z.infer<typeof sentSchema>,
  held: Readonly<Record<string, unknown>>,
): ProfileChange["fields"] {
  const sent = flat(attributes);
  const cleared = meta?.patch_properties?.unset ?? [];
  const after = new Map([
    ...sent,
    ...cleared.map((name): [string, unknown] => [`properties.${name}`, null]),
  ]);
  const before = new Map(flat(held));
  return [...after]
    .map(([attribute, value]) => ({
      attribute,
      before: before.get(attribute) ?? null,
      after: value,
    }))
    .filter((field) => canonical(field.before) !== canonical(field.after));
}

/** Attributes by their names in mappings. */
function flat(attributes: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, unknown][] => {
    const group =
      name === "location" || name === "properties" ? groupSchema.safeParse(value) : undefined;
    return group?.success === true
      ? Object.entries(group.data).map(([part, inner]) => [`${name}.${part}`, inner])
      : [[name, value]];
  });
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) => {
    const group = Array.isArray(inner) ? undefined : groupSchema.safeParse(inner);
    return group?.success === true
      ? Object.fromEntries(
          Object.entries(group.data).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : inner;
  });
}
