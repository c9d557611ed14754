import type * as z from "zod";
import {
  connectionAnswerSchema,
  connectionSummarySchema,
  type ConnectionAnswer,
  type shownConnectionSchema,
} from "../../../shared/contract/answers/connection-answer";
import { stateOf, type Connection } from "../../../shared/domain/connections/connection";
import type { ConnectionView } from "../../../shared/use-cases/connections/view-connections";

export function presentConnection(view: ConnectionView): z.infer<typeof shownConnectionSchema> {
  switch (view.kind) {
    case "full":
      return presentWholeConnection(view.connection);
    case "summary":
      return connectionSummarySchema.parse(view.connection);
  }
}

/** A connection as the audit log keeps it: as an administrator sees it, without the consent's long text. */
export function auditedConnection(connection: Connection): object {
  const { consent, ...shown } = presentWholeConnection(connection);
  return { ...shown, consent: consent.wordingVersion };
}

/** A connection as an administrator is shown it. */
export function presentWholeConnection(connection: Connection): ConnectionAnswer {
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
