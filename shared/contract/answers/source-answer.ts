import * as z from "zod";
import { problemSchema } from "../../domain/problems/problem";
import {
  exportPlaceSchema,
  madeSourceSchema,
  sourceFindingSchema,
  sourceStateSchema,
} from "../../domain/sources/source";
import { federatedAppSchema } from "../../domain/sources/federated-app";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** How the source lets in and until when, without what is secret of it. */
const shownCredentialSchema = z.object({
  kind: z.enum(["none", "sasToken", "accountKey", "federated"]),
  expiresAt: z.iso.datetime().optional(),
  /** Of an app of Microsoft Entra that trusts the functions. */
  ...federatedAppSchema.partial().shape,
});

/** A source as an administrator is shown it: all but its token or key. */
export const sourceAnswerSchema = z
  .object({
    sourceId: z.string(),
    kind: z.enum(["bucket", "customerInsights"]),
    displayName: z.string(),
    /** The segments bucket is there without anybody having made it, and can't be changed or removed. */
    builtIn: z.boolean(),
    place: exportPlaceSchema,
    credential: shownCredentialSchema,
    state: sourceStateSchema,
    /** When the state was found, and whether by a person's check or by a run; absent of the segments bucket. */
    stateFoundAt: z.iso.datetime().optional(),
    stateFoundBy: sourceFindingSchema.shape.foundBy.optional(),
    /** What is wrong, and what to do; present unless the source works. */
    problem: problemSchema.optional(),
    refreshedAt: sourceFindingSchema.shape.refreshedAt,
    tables: sourceFindingSchema.shape.tables,
    tableCount: sourceFindingSchema.shape.tableCount,
    refused: sourceFindingSchema.shape.refused,
    version: madeSourceSchema.shape.version.optional(),
    createdAt: z.iso.datetime().optional(),
    createdBy: z.string().optional(),
    updatedAt: z.iso.datetime().optional(),
    updatedBy: z.string().optional(),
    ...peopleShape,
  })
  .register(componentSchemas, { id: "Source" });
export type SourceAnswer = z.infer<typeof sourceAnswerSchema>;
