import * as z from "zod";
import { segmentLimits } from "../../segments/segment-limits";

/** The name of the file that describes an export's tables. */
export const MODEL_FILE = "model.json";

/** Far more than thousands of tables take to be described. */
export const MODEL_MAX_BYTES = 20_000_000;

/** Tables of one model. */
const MOST_TABLES = 5_000;

/** Characters of a name, and of a URI. */
const nameSchema = z.string().min(1).max(1_000);
const uriSchema = z.string().min(1).max(4_000);

/**
 * `model.json` of the Common Data Model, version 1.0: what its tables' files are and how they are written.
 * https://learn.microsoft.com/en-us/common-data-model/model-json
 */
const formatSchema = z.object({
  $type: z.string().max(200).optional(),
  columnHeaders: z.boolean().optional(),
  delimiter: z.string().max(10).optional(),
  quoteStyle: z.string().max(200).optional(),
  encoding: z.string().max(100).optional(),
  culture: z.string().max(100).nullish(),
});
export type ModelFormat = z.infer<typeof formatSchema>;

const attributeSchema = z.object({ name: nameSchema, dataType: z.string().max(100).optional() });
export type ModelAttribute = z.infer<typeof attributeSchema>;

const partitionSchema = z.object({
  location: uriSchema.optional(),
  refreshTime: z.string().max(100).nullish(),
  fileFormatSettings: formatSchema.nullish(),
});
export type ModelPartition = z.infer<typeof partitionSchema>;

const tableSchema = z.object({
  $type: z.string().max(200).optional(),
  name: nameSchema,
  attributes: z.array(attributeSchema).max(segmentLimits.columns).default([]),
  partitions: z.array(partitionSchema).max(segmentLimits.files).nullish(),
});
export type ModelTable = z.infer<typeof tableSchema>;

const tablesSchema = z.array(tableSchema).max(MOST_TABLES);
const modelSchema = z
  .object({
    version: z.string().max(100).optional(),
    entities: tablesSchema.optional(),
    /** As it is shown on Customer Insights' page about enriched data. */
    tables: tablesSchema.optional(),
  })
  .refine(({ entities, tables }) => (entities === undefined) !== (tables === undefined), {
    path: ["entities"],
  });

/** What a text is as a `model.json`. */
export type ReadModel =
  | { readonly kind: "model"; readonly tables: readonly ModelTable[] }
  /** It is empty, or no JSON to its end: it may be written just now. */
  | { readonly kind: "cutOff" }
  | { readonly kind: "unreadable"; readonly reason: string };

/** Reads the text of a `model.json`; a byte-order mark is minded. */
export function readModel(text: string): ReadModel {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { kind: "cutOff" };
  }
  const model = modelSchema.safeParse(value);
  if (!model.success) {
    const [issue] = model.error.issues;
    const place = issue?.path.map(String).join(".") ?? "";
    return { kind: "unreadable", reason: `it is no model of tables${place && ` (${place})`}` };
  }
  const { version = "1.0", entities, tables } = model.data;
  if (version !== "1.0") {
    return { kind: "unreadable", reason: `it is of version ${version}, and 1.0 is known` };
  }
  return { kind: "model", tables: entities ?? tables ?? [] };
}
