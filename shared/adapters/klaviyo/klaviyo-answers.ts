import * as z from "zod";

/**
 * The parts of Klaviyo's answers that the exporter reads (revision 2026-07-15). Unknown members are
 * ignored: Klaviyo adds some without a new revision.
 */

const pageLinksSchema = z.object({ next: z.string().nullish() }).optional();

const accountSchema = z.object({
  id: z.string().min(1),
  attributes: z.object({
    contact_information: z.object({ organization_name: z.string() }),
    timezone: z.string().nullish(),
  }),
});
/** A key belongs to one account. */
export const accountsAnswerSchema = z.object({ data: z.tuple([accountSchema], accountSchema) });

/** A list's name is neither required nor never null by the document; such a list is called by its id. */
const listSchema = z
  .object({
    id: z.string(),
    attributes: z.object({ name: z.string().nullish(), opt_in_process: z.string().nullish() }),
  })
  .transform(({ id, attributes }) => ({
    id,
    attributes: {
      ...attributes,
      name: attributes.name?.trim() === "" ? id : (attributes.name ?? id),
    },
  }));
export const listAnswerSchema = z.object({ data: listSchema });
export const listSizeAnswerSchema = z.object({
  data: z.object({ attributes: z.object({ profile_count: z.number().int().nonnegative() }) }),
});
export const listsAnswerSchema = z.object({ data: z.array(listSchema), links: pageLinksSchema });

export const profilesAnswerSchema = z.object({
  data: z.array(
    z.object({ id: z.string().min(1), attributes: z.object({ email: z.string().nullish() }) }),
  ),
  links: pageLinksSchema,
});

const importJobSchema = z.object({
  id: z.string().min(1),
  attributes: z.object({
    status: z.enum(["queued", "processing", "complete", "cancelled"]),
    total_count: z.number().int(),
    completed_count: z.number().int().nullish(),
    failed_count: z.number().int().nullish(),
  }),
});
export type ImportJobAnswer = z.infer<typeof importJobSchema>;
export const importJobAnswerSchema = z.object({ data: importJobSchema });
export const importJobsAnswerSchema = z.object({
  data: z.array(importJobSchema),
  links: pageLinksSchema,
});

/**
 * The payload's form is not documented: some clients read a flat object of profile fields, others a
 * nested one; it may be null.
 */
const originalPayloadSchema = z
  .union([
    z.object({ email: z.string() }).transform(({ email }) => email),
    z
      .object({ attributes: z.object({ email: z.string() }) })
      .transform(({ attributes }) => attributes.email),
    z
      .object({ data: z.object({ attributes: z.object({ email: z.string() }) }) })
      .transform(({ data }) => data.attributes.email),
  ])
  .nullable()
  .catch(null);

const importErrorSchema = z.object({
  attributes: z.object({
    code: z.string(),
    title: z.string(),
    detail: z.string(),
    source: z.object({ pointer: z.string().nullish() }).nullish(),
    original_payload: originalPayloadSchema.optional(),
  }),
});
export type ImportErrorAnswer = z.infer<typeof importErrorSchema>;
export const importErrorsAnswerSchema = z.object({
  data: z.array(importErrorSchema),
  links: pageLinksSchema,
});

const suppressionsSchema = z.array(z.object({ reason: z.string() })).nullish();
const consentSchema = z.object({
  attributes: z.object({
    email: z.string().nullish(),
    subscriptions: z
      .object({
        email: z
          .object({
            marketing: z
              .object({
                consent: z.string(),
                suppression: suppressionsSchema,
                list_suppressions: suppressionsSchema,
              })
              .nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
});
export type ConsentAnswer = z.infer<typeof consentSchema>;
/** Profiles with what they have said to email marketing. */
export const consentsAnswerSchema = z.object({
  data: z.array(consentSchema),
  links: pageLinksSchema,
});

export const errorsAnswerSchema = z.object({
  errors: z
    .array(
      z.object({
        code: z.string().default("unknown"),
        detail: z.string().default(""),
        source: z.object({ pointer: z.string().nullish() }).nullish(),
      }),
    )
    .min(1),
});
