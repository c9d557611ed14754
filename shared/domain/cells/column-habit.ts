import * as z from "zod";

/**
 * How a column is written, as its cells show it: what one cell alone can't tell. It is found in the column's first
 * cells, and in as many more as it takes, before any row is read; describing, previewing and running find the same.
 */
const columnHabitSchema = z.object({
  /** Words that stand for nothing in the column, such as NULL, as they are spelled there. */
  empty: z.array(z.string()).readonly().optional(),
  /** What parts whole and fraction in its numbers. */
  decimal: z.enum([".", ","]).optional(),
  /** Which comes first in its dates whose year is last. */
  dateOrder: z.enum(["dayFirst", "monthFirst"]).optional(),
  /** The country's code with which most of its phone numbers begin that have no plus. */
  countryCode: z.string().optional(),
});
export type ColumnHabit = z.infer<typeof columnHabitSchema>;

/** The same as people are told it: only what makes a difference, and what is left for them to say. */
export const columnReadingSchema = columnHabitSchema.extend({
  /** What can be read in two ways in its values, which are left out until the mapping says it. */
  unclear: z
    .array(z.enum(["decimal", "format"]))
    .readonly()
    .optional(),
  /** The formats in which most of its dates may be meant that can be read in several ways. */
  formats: z.array(z.string()).readonly().optional(),
  /** Whether it holds what may be phone numbers without a country's code; told of a segment that is described. */
  withoutCountry: z.boolean().optional(),
});
export type ColumnReading = z.infer<typeof columnReadingSchema>;

/** The same of a segment's field. */
export const fieldReadingSchema = columnReadingSchema.extend({ field: z.string() });
export type FieldReading = z.infer<typeof fieldReadingSchema>;
