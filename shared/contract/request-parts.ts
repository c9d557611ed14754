import * as z from "zod";
import { displayNameSchema } from "../domain/connections/connection";
import { listIdSchema } from "../domain/exports/export";
import { componentSchemas } from "./components";
import { hidesCharacters } from "../domain/text/plain-text";
import { redact } from "../domain/text/redaction";

/** Parts of requests that several routes share. */

/** An id as this system makes them. Others can't name anything, and never reach a store. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "an id holds up to 100 letters, digits, dashes or underscores");

export const noParameters = z.strictObject({});
export const noBody = z.undefined();
/** Of an answer without a body. */
export const noAnswer = z.void();

export const connectionPath = z.strictObject({ connectionId: idSchema });
export const listPath = z.strictObject({ connectionId: idSchema, listId: listIdSchema });
export const exportPath = z.strictObject({ exportId: idSchema });
export const previewPath = z.strictObject({ exportId: idSchema, previewId: idSchema });
export const runPath = z.strictObject({ runId: idSchema });

/** The page of a list. */
export const pageQuerySchema = z.strictObject({
  limit: z
    .string()
    .regex(/^(?:[1-9][0-9]?|100)$/, "a whole number from 1 to 100")
    .transform(Number)
    .default(20)
    .register(componentSchemas, {
      documentedAs: { type: "integer", minimum: 1, maximum: 100, default: 20 },
    }),
  after: z.string().min(1).max(2_000).optional(),
});

/** The page that a list request asks for. */
export function pageOf({ limit, after }: z.infer<typeof pageQuerySchema>): {
  limit: number;
  after?: string | undefined;
} {
  return { limit, after };
}

/**
 * A name is shown to everybody: a key that was typed into the wrong field must not become one, and nothing may hide in
 * it. Accents are kept composed, so that two names that look the same are the same.
 */
export const shownNameSchema = displayNameSchema
  .normalize("NFC")
  .refine((name) => redact(name) === name, "a display name holds no API key and no email address")
  .refine(
    (name) => !hidesCharacters(name),
    "a display name holds no control characters and none that are not seen",
  );

/** What a list request asks for; what is neither page, search nor order is a filter. */
export function listRequestOf<Sort extends string, Query extends object>({
  limit,
  after,
  search,
  sort,
  ...filter
}: Query &
  z.infer<typeof pageQuerySchema> & {
    readonly search?: string | undefined;
    readonly sort?: Sort | undefined;
  }) {
  return {
    page: pageOf({ limit, after }),
    search,
    sort,
    filter,
  };
}

/** A page of answers; `next`, where there is more, goes into `?after=`. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().optional(),
    /** Ids of what belongs here and can't be read by this version; told to administrators. */
    unreadable: z.array(z.string()).optional(),
  });
}

/** Searching, of a list whose items have names. */
export const searchQueryFields = {
  search: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .register(componentSchemas, { description: "A part of the name, whatever the case." }),
};

/** Sorting. */
export function sortQueryFields<Field extends string>(fields: readonly [Field, ...Field[]]) {
  return {
    sort: z
      .enum([...fields, ...fields.map((field): `-${Field}` => `-${field}`)])
      .optional()
      .register(componentSchemas, {
        description: "`-` before the field sorts from last to first.",
      }),
  };
}

/** DynamoDB keeps instants as texts, and only those of four-digit years sort as the instants do. */
const instantSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine(
    (instant) => /^\d{4}-/.test(instant.toISOString()),
    "an instant from the year 0 to the year 9999, in UTC",
  );

/** The span of time that a list is of: `from` is the first instant, `until` the one after the last. */
export const spanQueryFields = {
  from: instantSchema
    .optional()
    .register(componentSchemas, { description: "The first instant of the span of time." }),
  until: instantSchema
    .optional()
    .register(componentSchemas, { description: "The instant after the span of time." }),
};

/** A filter by what is true or not, which a query writes as text. */
export const truthQuerySchema = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .register(componentSchemas, { documentedAs: { type: "boolean" } });
