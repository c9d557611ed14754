import * as z from "zod";

/**
 * How a column is written, as its cells show it: what one cell alone can't tell. It is found in the column's first
 * cells, and in as many more as it takes, before any row is read; describing, previewing and running find the same.
 */
export const columnHabitSchema = z.object({
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
