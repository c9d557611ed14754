import * as z from "zod";
import {
  connectionSchema,
  connectionStateSchema,
  stateOf,
  type Connection,
} from "../../../shared/domain/connection";
import type { ConnectionView } from "../../../shared/use-cases/view-connections";

/** What a contributor is shown of a connection. */
export const connectionSummarySchema = connectionSchema.pick({
  connectionId: true,
  displayName: true,
  type: true,
});

/**
 * What an administrator is shown: everything but where this system keeps the key. Of the customer's own
 * secret they are shown the ARN that they gave.
 */
export const connectionAnswerSchema = connectionSchema
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
export type ConnectionAnswer = z.infer<typeof connectionAnswerSchema>;

export function presentConnection(
  view: ConnectionView,
): z.infer<typeof connectionSummarySchema> | ConnectionAnswer {
  switch (view.kind) {
    case "full":
      return presentWhole(view.connection);
    case "summary":
      return connectionSummarySchema.parse(view.connection);
  }
}

/** A connection as the audit log keeps it: as an administrator sees it, without the consent's long text. */
export function connectionSnapshot(connection: Connection): object {
  const { consent, ...shown } = presentWhole(connection);
  return { ...shown, consent: consent.wordingVersion };
}

function presentWhole(connection: Connection): ConnectionAnswer {
  const { keyFinding, keySource, secretArn } = connection;
  return connectionAnswerSchema.parse({
    ...connection,
    state: stateOf(connection),
    stateFoundAt: keyFinding.foundAt,
    stateFoundBy: keyFinding.foundBy,
    problem: keyFinding.problem,
    ...(keySource === "ownSecret" ? { ownSecretArn: secretArn } : {}),
  });
}
