import * as z from "zod";
import {
  displayNameSchema,
  newConnectionSettingsSchema,
  secretArnSchema,
} from "../../../shared/domain/connections/connection";
import { createExportBodySchema } from "../../../shared/contract/exports";
import { listIdSchema } from "../../../shared/domain/exports/export";
import { segmentNameSchema } from "../../../shared/domain/segments/segment";
import { segmentMarkerSchema } from "../../../shared/domain/segments/segment-marker";
import { columnNamesSchema } from "../../../shared/domain/segments/segment-settings";
import {
  defaultExportSchedule,
  exportScheduleSchema,
  systemScheduleSettingsSchema,
} from "../../../shared/domain/schedules/schedule";
import { secretPlaceSchema } from "./secret-place";
import { sourceEntrySchema } from "./sources/source-entry";

export const connectionEntrySchema = z
  .strictObject({
    ...newConnectionSettingsSchema.shape,
    /** Used when the connection is made; the key of one that exists is left alone. */
    apiKey: secretPlaceSchema("the key").optional(),
    /** A secret of one's own that holds the key. */
    secretArn: secretArnSchema.optional(),
    /** The consent, given in person by whoever applies the file. Needed when the connection is made. */
    agree: z.literal(true).optional(),
  })
  .refine(({ apiKey, secretArn }) => apiKey === undefined || secretArn === undefined, {
    path: ["apiKey"],
    message: "give either apiKey or secretArn",
  });
export type ConnectionEntry = z.infer<typeof connectionEntrySchema>;

/** The Klaviyo list: by its id, or by its exact name. */
const listSchema = z.union(
  [
    z.strictObject({ id: listIdSchema }),
    z.strictObject({
      name: z.string().trim().min(1).max(100),
      /** Whether the list is made when the account has none of that name. */
      create: z.boolean().optional(),
    }),
  ],
  { error: "names the list: {id: AbC123}, {name: Newsletter} or {name: Newsletter, create: true}" },
);
export type ListEntry = z.infer<typeof listSchema>;

const { connectionId: _byName, listId: _byNameOrId, ...ownSettings } = createExportBodySchema.shape;

/** An export is what its entry says: what the entry leaves out has its default. */
export const exportEntrySchema = z.strictObject({
  ...ownSettings,
  /** Of an export that is there: tells it apart from others of the same name. */
  id: z.string().min(1).max(100).optional(),
  /** The connection's display name; null for an export that is detached. */
  connection: displayNameSchema.nullable(),
  list: listSchema,
  schedule: exportScheduleSchema.default(defaultExportSchedule),
});
export type ExportEntry = z.infer<typeof exportEntrySchema>;

/** How a segment's files are read: what the entry leaves out is not set. */
export const segmentEntrySchema = z.strictObject({
  name: segmentNameSchema,
  /** The names of its CSV files' columns, where these have no header. */
  columns: columnNamesSchema.optional(),
  /** What says that a refresh is whole. */
  marker: segmentMarkerSchema.optional(),
});
export type SegmentEntry = z.infer<typeof segmentEntrySchema>;

const toldApart = (
  entries: readonly { displayName: string; id?: string | undefined }[],
  context: z.RefinementCtx,
): void => {
  const seen = new Set<string>();
  for (const [position, { displayName, id }] of entries.entries()) {
    const key = id === undefined ? `name ${displayName.normalize("NFC")}` : `id ${id}`;
    if (seen.has(key)) {
      context.addIssue({
        code: "custom",
        path: [position, id === undefined ? "displayName" : "id"],
        message: `“${id ?? displayName}” is there twice; entries are told apart by their names, or by their ids`,
      });
    }
    seen.add(key);
  }
};

/** Entries that are told apart by what is written in them alone. */
const noneTwice =
  <Entry>(noun: string, field: string, keyOf: (entry: Entry) => string) =>
  (entries: readonly Entry[], context: z.RefinementCtx): void => {
    const keys = entries.map(keyOf);
    for (const [position, key] of keys.entries()) {
      if (keys.indexOf(key) !== position) {
        const message = `“${key}” is there twice; ${noun} are told apart by their ${field}s`;
        context.addIssue({ code: "custom", path: [position, field], message });
      }
    }
  };

/** A file of sources, segments' settings, connections and exports. What it does not name at all is left alone. */
export const configurationSchema = z.strictObject({
  sources: z
    .array(sourceEntrySchema)
    .superRefine(noneTwice("sources", "id", ({ id }) => id))
    .optional(),
  segments: z
    .array(segmentEntrySchema)
    .superRefine(noneTwice("segments", "name", ({ name }) => name))
    .optional(),
  connections: z.array(connectionEntrySchema).superRefine(toldApart).optional(),
  exports: z.array(exportEntrySchema).superRefine(toldApart).optional(),
  /** The system refresh; left alone when it is not there. */
  schedule: systemScheduleSettingsSchema.optional(),
});
export type Configuration = z.infer<typeof configurationSchema>;
