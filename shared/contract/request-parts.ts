import * as z from "zod";
import { displayNameSchema } from "../domain/connection";
import { componentSchemas } from "./components";
import { redact } from "../domain/redaction";

/** Parts of requests that several routes share. */

/** An id as this system makes them. Others can't name anything, and never reach a store. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,100}$/, "an id holds up to 100 letters, digits, dashes or underscores");

export const noParameters = z.strictObject({});
export const noBody = z.undefined();

export const connectionPath = z.strictObject({ connectionId: idSchema });
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
  after?: string;
} {
  return { limit, ...(after === undefined ? {} : { after }) };
}

/** A name is shown to everybody: a key that was typed into the wrong field must not become one. */
export const shownNameSchema = displayNameSchema.refine(
  (name) => redact(name) === name,
  "a display name holds no API key and no email address",
);

/** What a list request asks for, beside the page. */
export function searchOf<Sort extends string>({
  limit,
  after,
  search,
  sort,
}: z.infer<typeof pageQuerySchema> & {
  readonly search?: string | undefined;
  readonly sort?: Sort | undefined;
}) {
  return {
    page: pageOf({ limit, after }),
    ...(search === undefined ? {} : { search }),
    ...(sort === undefined ? {} : { sort }),
  };
}

/** A page of answers; `next`, where there is more, goes into `?after=`. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** Searching and sorting, of a list that can do both: `-` before a field sorts from last to first. */
export function sortedQueryFields<Field extends string>(fields: readonly [Field, ...Field[]]) {
  return {
    search: z.string().min(1).max(200).optional(),
    sort: z.enum([...fields, ...fields.map((field): `-${Field}` => `-${field}`)]).optional(),
  };
}
