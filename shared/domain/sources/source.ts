import * as z from "zod";
import { displayNameSchema } from "../connections/connection";
import { problemSchema } from "../problems/problem";
import { hidesCharacters } from "../text/plain-text";
import { federatedAppSchema } from "./federated-app";
import { BUILT_IN_SOURCE, SOURCE_ID } from "./source-names";

/** Sources of one system; a person looks through all of them. */
export const MOST_SOURCES = 50;

export const sourceIdSchema = z
  .string()
  .regex(
    new RegExp(`^${SOURCE_ID}$`),
    "a source's id starts with a letter and holds up to 40 lower-case letters, digits and dashes",
  );

/** The id of a source that is made. */
export const newSourceIdSchema = sourceIdSchema.refine(
  (id) => id !== BUILT_IN_SOURCE,
  `“${BUILT_IN_SOURCE}” is the source that is always there`,
);

/** Where a folder lies within a bucket or container: a path without `..`, and without a slash at its ends. */
const folderSchema = z
  .string()
  .trim()
  .transform((path) => path.replace(/^\/+|\/+$/g, ""))
  .pipe(
    z
      .string()
      .max(900)
      .refine(
        (path) =>
          path === "" ||
          path.split("/").every((step) => step !== "" && step !== "." && step !== ".."),
        "a folder's path has no empty step, no . and no ..",
      )
      .refine((path) => !/[\\?#%]/.test(path), "a folder's path holds no \\, ?, # and %")
      .refine(
        (path) => !hidesCharacters(path),
        "a folder's path holds no characters that are not seen",
      ),
  )
  .default("");

/** Names of storage accounts and containers are Azure's: letters, digits, and in containers single dashes. */
const accountSchema = z
  .string()
  .regex(/^[a-z0-9]{3,24}$/, "a storage account's name has 3 to 24 lower-case letters and digits");
const containerSchema = z
  .string()
  .regex(
    /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "a container's name has 3 to 63 lower-case letters, digits and single dashes",
  );

/** The folder in which `model.json` lies. */
export const exportPlaceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("s3"),
    bucket: z
      .string()
      .regex(/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of an S3 bucket"),
    folder: folderSchema,
  }),
  z.strictObject({
    kind: z.literal("azure"),
    account: accountSchema,
    container: containerSchema,
    folder: folderSchema,
  }),
]);
export type ExportPlace = z.infer<typeof exportPlaceSchema>;
export type AzurePlace = Extract<ExportPlace, { kind: "azure" }>;
export type S3Place = Extract<ExportPlace, { kind: "s3" }>;

/** How a source lets in. A token or key itself is only in Secrets Manager. */
const storedCredentialSchema = z.discriminatedUnion("kind", [
  /** The functions' own roles. */
  z.object({ kind: z.literal("none") }),
  z.object({
    kind: z.literal("sasToken"),
    secretArn: z.string(),
    /** When the token says that it ends. */
    expiresAt: z.iso.datetime().optional(),
  }),
  z.object({ kind: z.literal("accountKey"), secretArn: z.string() }),
  /** The functions' own roles, which an app of Microsoft Entra trusts. */
  z.object({ kind: z.literal("federated"), ...federatedAppSchema.shape }),
]);
export type StoredCredential = z.infer<typeof storedCredentialSchema>;

/** Tables that are named in what was found; of more the number is told. */
export const TABLES_NAMED = 200;

/** What was found in a source when it was looked at last. */
export const sourceFindingSchema = z.object({
  foundAt: z.iso.datetime(),
  foundBy: z.enum(["check", "run"]),
  /** What keeps its segments from being read; absent when nothing does. */
  problem: problemSchema.optional(),
  /** When `model.json` was written. */
  refreshedAt: z.iso.datetime().optional(),
  /** Tables that can be exported, the first of them. */
  tables: z.array(z.object({ name: z.string(), fields: z.number().int() })).optional(),
  /** How many there are. */
  tableCount: z.number().int().optional(),
  /** Tables that can't be, and why; the first of them. */
  refused: z.array(z.object({ name: z.string(), reason: z.string() })).optional(),
});
export type SourceFinding = z.infer<typeof sourceFindingSchema>;

/** A source that an administrator has made. */
export const madeSourceSchema = z.object({
  /** Given once: it is part of its segments' names. */
  sourceId: z.string(),
  kind: z.literal("customerInsights"),
  displayName: displayNameSchema,
  place: exportPlaceSchema,
  credential: storedCredentialSchema,
  /** Counts changes by people. */
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
  /** Of the request that made it, so that a repeated one makes no second. */
  madeBy: z.string().optional(),
});
export type MadeSource = z.infer<typeof madeSourceSchema>;

/** What people are told of a source's state. */
export const sourceStateSchema = z.enum([
  "working",
  "forbidden",
  "missing",
  "unreadable",
  "unavailable",
]);
export type SourceState = z.infer<typeof sourceStateSchema>;

/** The state that follows from what was found last. */
export function stateOfSource({ problem }: Pick<SourceFinding, "problem">): SourceState {
  switch (problem?.code) {
    case undefined:
      return "working";
    case "sourceForbidden":
    case "sourceNotEnabled":
    case "azureFederationDisabled":
    case "entraAppNotFound":
    case "entraAppNotFederated":
    case "secretUnreadable":
    case "secretScheduledForDeletion":
      return "forbidden";
    case "sourcePlaceMissing":
    case "modelMissing":
      return "missing";
    case "sourceUnavailable":
      return "unavailable";
    default:
      return "unreadable";
  }
}
