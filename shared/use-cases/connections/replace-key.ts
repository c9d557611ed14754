import type { Connection } from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, Klaviyo, Log, SecretStore } from "../../ports";
import { requireAccess } from "../access/access";
import { fieldOf, tryNewKey, type NewKey } from "../klaviyo/connection-key";
import { existingConnection } from "./existing-connection";

export interface ReplaceKeyDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "update" | "noteFinding">;
  readonly secrets: SecretStore;
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
  readonly log: Log;
}

interface ReplaceKeyInput {
  readonly caller: Caller;
  readonly connectionId: string;
  readonly key: NewKey;
}

/** Rounds of writing the connection when others change it at the same time. */
const WRITE_ATTEMPTS = 5;

/**
 * Gives a connection another key of the same account, or the customer's own secret to read it from; from
 * then on it can't go back to a typed key. Runs that are going carry on with the new key. Throws
 * `notPermitted`, `connectionNotFound`, `connectionChanged`, `ownSecretInUse`, `accountMismatch`, and what
 * {@link tryNewKey} throws; the old key stays in use then.
 */
export async function replaceKey(
  dependencies: ReplaceKeyDependencies,
  { caller, connectionId, key }: ReplaceKeyInput,
): Promise<{ before: Connection; after: Connection }> {
  const { connections, secrets, clock, log } = dependencies;
  requireAccess(caller, "replaceKey");
  const before = await existingConnection(connections, connectionId);
  refuseWayBack(before, key);
  const tried = await tryNewKey(dependencies, key);
  if (tried.account.id !== before.account.id) {
    throw new DomainError(
      "accountMismatch",
      { found: tried.account.id, expected: before.account.id },
      fieldOf(key),
    );
  }
  const secretArn =
    key.kind === "ownSecret"
      ? key.secretArn
      : await secrets.replace(before.secretArn, connectionId, key.apiKey);
  const written = await writeKey(dependencies, { caller, connectionId, key }, secretArn);
  await connections.noteFinding(connectionId, {
    keyFinding: { foundAt: clock.now().toISOString(), foundBy: "check" },
    ...{ account: tried.account, scopes: [...tried.scopes], revision: tried.revision },
  });
  await deleteAbandoned(dependencies, written);
  log.info("keyReplaced", { connectionId, keySource: written.keySource });
  return { before, after: await existingConnection(connections, connectionId) };
}

function refuseWayBack({ keySource }: Connection, key: NewKey): void {
  if (keySource === "ownSecret" && key.kind === "typed") {
    throw new DomainError("ownSecretInUse", {}, fieldOf(key));
  }
}

/** Writes where the key is. A typed key is in the secret already, and must not stay if this fails. */
async function writeKey(
  { connections, secrets, clock }: ReplaceKeyDependencies,
  { caller, connectionId, key }: ReplaceKeyInput,
  secretArn: string,
): Promise<Connection> {
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    const current = await connections.get(connectionId);
    if (current === undefined || (current.keySource === "ownSecret" && key.kind === "typed")) {
      // Removed, or switched to the customer's secret, in the same moment: the typed key is nobody's.
      if (key.kind === "typed") {
        await secrets.delete(secretArn);
      }
      throw current === undefined
        ? new DomainError("connectionNotFound", { connectionId })
        : new DomainError("ownSecretInUse", {}, fieldOf(key));
    }
    const abandons = key.kind === "ownSecret" && current.keySource === "typed";
    const changed: Connection = {
      ...current,
      secretArn,
      keySource: key.kind,
      ...(abandons ? { abandonedSecretArn: current.secretArn } : {}),
      version: current.version + 1,
      updatedAt: clock.now().toISOString(),
      updatedBy: caller.userId,
    };
    if (await connections.update(changed, current.version)) {
      return changed;
    }
  }
  throw new DomainError("connectionChanged");
}

/** What can't be deleted now stays written on the connection, and is deleted with it at the latest. */
async function deleteAbandoned(
  { connections, secrets, log }: ReplaceKeyDependencies,
  written: Connection,
): Promise<void> {
  const { abandonedSecretArn, ...rest } = written;
  if (abandonedSecretArn === undefined) {
    return;
  }
  try {
    await secrets.delete(abandonedSecretArn);
    await connections.update({ ...rest, version: written.version + 1 }, written.version);
  } catch (error) {
    log.error("secretLeftBehind", { connectionId: written.connectionId, error });
  }
}
