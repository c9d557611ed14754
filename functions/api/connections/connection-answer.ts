import type * as z from "zod";
import {
  connectionDetailsSchema,
  type ConnectionAnswer,
  type shownConnectionSchema,
} from "../../../shared/contract/answers/connection-answer";
import { stateOf, type Connection } from "../../../shared/domain/connections/connection";
import type { Caller } from "../../../shared/domain/access/identity";
import { permissionsOnConnection } from "../../../shared/use-cases/access/access";
import type { ConnectionView } from "../../../shared/use-cases/connections/view-connections";

export function presentConnection(
  caller: Caller,
  view: ConnectionView,
): z.infer<typeof shownConnectionSchema> {
  switch (view.kind) {
    case "full":
      return presentWholeConnection(caller, view.connection);
    case "summary":
      return { ...view.connection, permissions: [...view.permissions] };
  }
}

/** A connection as the audit log keeps it: all that there is to know, without the consent's long text. */
export function auditedConnection(connection: Connection): object {
  const { consent, ...details } = detailsOf(connection);
  return { ...details, consent: consent.wordingVersion };
}

/** A connection as an administrator is shown it. */
export function presentWholeConnection(caller: Caller, connection: Connection): ConnectionAnswer {
  return {
    ...detailsOf(connection),
    permissions: [...permissionsOnConnection(caller, connection)],
  };
}

function detailsOf(connection: Connection): z.infer<typeof connectionDetailsSchema> {
  const { keyFinding, keySource, secretArn } = connection;
  return connectionDetailsSchema.parse({
    ...connection,
    state: stateOf(connection),
    stateFoundAt: keyFinding.foundAt,
    stateFoundBy: keyFinding.foundBy,
    problem: keyFinding.problem,
    ...(keySource === "ownSecret" ? { ownSecretArn: secretArn } : {}),
  });
}
