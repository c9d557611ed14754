import * as z from "zod";

const profileSchema = z.looseObject({ attributes: z.looseObject({ email: z.string() }) });
const bodySchema = z.looseObject({
  data: z.looseObject({
    attributes: z.looseObject({ profiles: z.looseObject({ data: z.array(profileSchema) }) }),
  }),
});

/** A staged body, opened to take profiles out of it or to look them up. */
export interface ImportJobBody {
  /** Emails in the body's order: the index is the position that a pointer of Klaviyo's names. */
  readonly emails: readonly string[];
  /** The body without the profiles at these positions. */
  without(positions: ReadonlySet<number>): Buffer;
}

/** Opens the body of a bulk import job. It was written by this system; another form is a defect. */
export function openImportJobBody(bytes: Buffer): ImportJobBody {
  const body = bodySchema.parse(JSON.parse(bytes.toString("utf8")));
  const profiles = body.data.attributes.profiles.data;
  return {
    emails: profiles.map(({ attributes }) => attributes.email),
    without: (positions) =>
      Buffer.from(
        JSON.stringify({
          ...body,
          data: {
            ...body.data,
            attributes: {
              ...body.data.attributes,
              profiles: { data: profiles.filter((_, position) => !positions.has(position)) },
            },
          },
        }),
      ),
  };
}
