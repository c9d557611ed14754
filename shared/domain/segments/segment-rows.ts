import * as z from "zod";

/** How much of a segment's first rows is shown. */
export const segmentRowsLimits = {
  rows: 100,
  fields: 200,
  /** Characters of each cell. */
  cell: 200,
  /** Characters of all cells together. */
  all: 1_000_000,
} as const;

/** A segment's first rows, as people look at them. */
export const segmentRowsSchema = z.object({
  fields: z.array(z.string()).readonly(),
  /** In the order of the files and of their rows; a cell for each field, null where it is empty. */
  rows: z.array(z.array(z.string().nullable()).readonly()).readonly(),
  /** Whether a longer cell, or a further field, was cut off. */
  cut: z.boolean(),
});
export type SegmentRows = z.infer<typeof segmentRowsSchema>;
