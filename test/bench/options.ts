import { parseArgs } from "node:util";
import * as z from "zod";

const wholeNumber = z.coerce.number().int().positive();

const optionsSchema = z.object({
  /** Numbers of profiles, rising. */
  sizes: z
    .string()
    .transform((text) => text.split(",").map((size) => Number(size.replaceAll("_", ""))))
    .pipe(z.array(z.number().int().positive()).min(1))
    .transform((sizes) => [...new Set(sizes)].sort((one, other) => one - other)),
  /** Names of measures; none means all that are not on request only. */
  only: z
    .string()
    .transform((text) => text.split(","))
    .default([]),
  json: z.boolean(),
  /** Where the service times are written that the simulation reads. */
  "service-times": z.string().optional(),
  /** A run of so many profiles that starts with the first size's. */
  beside: wholeNumber.optional(),
  others: z.coerce.number().positive().optional(),
  chunk: wholeNumber.optional(),
  /** The commit that this checkout is compared with, and how often each of them is measured. */
  compare: z.string().min(1).optional(),
  times: wholeNumber.default(3),
});
export type BenchOptions = z.infer<typeof optionsSchema>;

const defaultSizes = "10000,100000,1000000";

/** @throws when an option is not known, or its value is wrong. */
export function readBenchOptions(parameters: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      sizes: { type: "string" },
      profiles: { type: "string" },
      only: { type: "string" },
      json: { type: "boolean", default: false },
      "service-times": { type: "string" },
      beside: { type: "string" },
      others: { type: "string" },
      chunk: { type: "string" },
      compare: { type: "string" },
      times: { type: "string" },
    },
  });
  const { profiles, sizes = profiles ?? defaultSizes, ...others } = values;
  return optionsSchema.parse({ ...others, sizes });
}
