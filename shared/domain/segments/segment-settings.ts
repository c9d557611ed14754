import * as z from "zod";
import { fieldNameSchema } from "../exports/field-schemas";
import { looksPersonal } from "../text/personal-name";
import { hidesCharacters } from "../text/plain-text";
import { segmentLimits } from "./segment-limits";
import { segmentMarkerSchema } from "./segment-marker";

const columnNameSchema = fieldNameSchema
  .refine((name) => name === name.trim(), "a column's name has no outer space")
  .refine(
    (name) => !hidesCharacters(name),
    "a column's name holds no control characters and none that are not seen",
  )
  .refine(
    (name) => !looksPersonal(name),
    "a column's name is no email address, no number, no day and no key: name what the column holds, not what stands in it",
  );

/** The names of a CSV file's columns, in their order, as somebody gives them. */
export const columnNamesSchema = z
  .array(columnNameSchema)
  .min(1)
  .max(segmentLimits.columns)
  .superRefine((names, context) => {
    const first = new Map<string, number>();
    for (const [position, name] of names.entries()) {
      const plain = name.toLowerCase();
      const before = first.get(plain);
      if (before === undefined) {
        first.set(plain, position);
      } else {
        const message = `column ${before + 1} is called the same; upper and lower case don't count`;
        context.addIssue({ code: "custom", path: [position], message });
      }
    }
  });

/** What is set for one segment, as it is stored. */
export const segmentSettingsSchema = z.object({
  /** The names of its CSV files' columns, where these have no header; absent where they have one. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** What says that a refresh is whole; absent while nothing is asked for. */
  marker: segmentMarkerSchema.optional(),
  /** Counts changes; the first is that nobody has set anything. */
  version: z.number().int().positive(),
  /** Absent while nobody has set anything. */
  updatedAt: z.iso.datetime().optional(),
  updatedBy: z.string().optional(),
});
export type SegmentSettings = z.infer<typeof segmentSettingsSchema>;

export const noSegmentSettings: SegmentSettings = { version: 1 };
