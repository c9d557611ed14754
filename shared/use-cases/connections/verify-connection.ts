import type { Credential } from "../../domain/klaviyo/credential";
import type { Connection } from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, Klaviyo, Log } from "../../ports";
import { requireAccess } from "../access/access";
import { isOfTheKey, noteProblem } from "../klaviyo/connection-findings";
import { tryKey } from "../klaviyo/connection-key";
import { existingConnection } from "./existing-connection";
import { holdCredential, type CredentialDependencies } from "../klaviyo/credential";
import { SECRET_PATIENCE_MILLISECONDS } from "../klaviyo/holding-secret";

export interface VerifyConnectionDependencies extends CredentialDependencies {
  readonly connections: Pick<
    ConnectionStore,
    "get" | "noteFinding" | "holdSecret" | "releaseSecret"
  >;
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tries a connection's key or sign-in again, as when it was made, and writes what was found on the connection, which
 * is returned: a key that does not work is what the caller asked to know, and no failure. Throws
 * `notPermitted`, `connectionNotFound`, and `klaviyoUnavailable`, which says nothing about the key.
 */
export async function verifyConnection(
  dependencies: VerifyConnectionDependencies,
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<Connection> {
  const { connections, clock, log } = dependencies;
  requireAccess(caller, "verifyConnection");
  const connection = await existingConnection(connections, connectionId);
  try {
    const { account, scopes, revision } = await tryKey(
      dependencies,
      await currentCredential(dependencies, connection),
    );
    if (account.id !== connection.account.id) {
      throw new DomainError("accountMismatch", {
        found: account.id,
        expected: connection.account.id,
      });
    }
    await connections.noteFinding(connectionId, {
      keyFinding: { foundAt: clock.now().toISOString(), foundBy: "check" },
      ...{ account, scopes: [...scopes], revision },
    });
  } catch (error) {
    if (!(error instanceof DomainError) || !isOfTheKey(error.problem)) {
      throw error;
    }
    await noteProblem(dependencies, connectionId, error.problem, "check");
  }
  const verified = await existingConnection(connections, connectionId);
  log.info("connectionVerified", {
    connectionId,
    code: verified.keyFinding.problem?.code,
  });
  return verified;
}

/** What the connection is let in with as it is kept now; the tokens of a sign-in are renewed before they end. */
async function currentCredential(
  dependencies: VerifyConnectionDependencies,
  connection: Connection,
): Promise<Credential> {
  const held = await holdCredential(dependencies, connection, { fresh: true });
  const deadline = new Date(dependencies.clock.now().getTime() + SECRET_PATIENCE_MILLISECONDS);
  const current = await held.current(deadline);
  if (current.kind === "current") {
    return current.credential;
  }
  throw DomainError.of(current.problem);
}
