import * as z from "zod";
import { connectionPermissions } from "../../domain/access/access-table";
import { connectionSchema, connectionStateSchema } from "../../domain/connections/connection";
import { peopleShape } from "./people";
import { componentSchemas } from "../components";

/** What the caller may do with the connection. */
const permissions = z.array(z.enum(connectionPermissions));

/** What a contributor is shown of a connection. */
const connectionSummarySchema = connectionSchema
  .pick({ connectionId: true, displayName: true, type: true })
  .extend({ permissions })
  .register(componentSchemas, { id: "ConnectionSummary" });

/**
 * What there is to know of a connection: everything but where this system keeps the key. Of the customer's own
 * secret it is the ARN that they gave.
 */
export const connectionDetailsSchema = connectionSchema
  .omit({ secretArn: true, abandonedSecretArn: true, keyFinding: true })
  .extend({
    state: connectionStateSchema,
    /** When the state was found out, and whether by a person's check or by a run. */
    stateFoundAt: connectionSchema.shape.keyFinding.shape.foundAt,
    stateFoundBy: connectionSchema.shape.keyFinding.shape.foundBy,
    /** What is wrong, and what to do; present unless the connection works. */
    problem: connectionSchema.shape.keyFinding.shape.problem,
    ownSecretArn: z.string().optional(),
  });

/** What an administrator is shown. */
export const connectionAnswerSchema = connectionDetailsSchema
  .extend({ permissions, ...peopleShape })
  .register(componentSchemas, { id: "Connection" });
export type ConnectionAnswer = z.infer<typeof connectionAnswerSchema>;

/** A connection as its caller may see it: contributors see the summary. */
export const shownConnectionSchema = z.union([connectionAnswerSchema, connectionSummarySchema]);
