import type { Connection } from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import type { KeptCredential } from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore, IdGenerator, Log, SecretStore } from "../../ports";
import { requireAccess } from "../access/access";
import {
  fieldOf,
  tryNewKey,
  type NewKey,
  type NewKeyTried,
  type TryNewKeyDependencies,
} from "../klaviyo/connection-key";
import { holdingSecret } from "../klaviyo/holding-secret";
import { endSignIn } from "../klaviyo/sign-in";
import { existingConnection } from "./existing-connection";

export interface ReplaceKeyDependencies extends TryNewKeyDependencies {
  readonly connections: Pick<
    ConnectionStore,
    "get" | "update" | "noteFinding" | "holdSecret" | "releaseSecret"
  >;
  readonly secrets: SecretStore;
  readonly ids: IdGenerator;
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
 * Gives a connection another key of the same account, a sign-in, or the customer's own secret to read a key from;
 * from then on it can't go back to what is kept here. Runs that are going carry on with the new one. A sign-in that
 * is replaced ends in Klaviyo. Throws `notPermitted`, `connectionNotFound`, `connectionChanged`, `ownSecretInUse`,
 * `accountMismatch`, and what {@link tryNewKey} throws; the old key stays in use then.
 */
export async function replaceKey(
  dependencies: ReplaceKeyDependencies,
  input: ReplaceKeyInput,
): Promise<{ before: Connection; after: Connection }> {
  const { connections, clock, log } = dependencies;
  const { caller, connectionId, key } = input;
  requireAccess(caller, "replaceKey");
  const before = await existingConnection(connections, connectionId);
  refuseWayBack(before, key);
  const tried = await tryNewKey(dependencies, key);
  const { written, replaced } = await switchTo(dependencies, input, before, tried);
  await connections.noteFinding(connectionId, {
    keyFinding: { foundAt: clock.now().toISOString(), foundBy: "check" },
    ...{ account: tried.account, scopes: [...tried.scopes], revision: tried.revision },
  });
  if (replaced !== undefined) {
    await endSignIn(dependencies, replaced, connectionId);
  }
  await deleteAbandoned(dependencies, written);
  log.info("keyReplaced", { connectionId, keySource: written.keySource });
  return { before, after: await existingConnection(connections, connectionId) };
}

function refuseWayBack({ keySource }: Connection, key: NewKey): void {
  if (keySource === "ownSecret" && key.kind !== "ownSecret") {
    throw new DomainError("ownSecretInUse", {}, fieldOf(key));
  }
}

/**
 * Puts the new key in place of the old one, while no worker renews a sign-in. What was got for nothing ends in
 * Klaviyo: a new sign-in that never came to be used.
 */
async function switchTo(
  dependencies: ReplaceKeyDependencies,
  input: ReplaceKeyInput,
  before: Connection,
  tried: NewKeyTried,
): Promise<{ written: Connection; replaced: KeptCredential | undefined }> {
  const { connectionId, key } = input;
  const progress = { isKept: false };
  try {
    if (tried.account.id !== before.account.id) {
      const accounts = { found: tried.account.id, expected: before.account.id };
      throw new DomainError("accountMismatch", accounts, fieldOf(key));
    }
    return await holdingSecret(dependencies, connectionId, async () => {
      const replaced = await keptNow(dependencies, before);
      progress.isKept = true;
      return { written: await write(dependencies, input, before, tried), replaced };
    });
  } catch (error) {
    if (!progress.isKept && tried.place === "here") {
      await endSignIn(dependencies, tried.kept, connectionId);
    }
    throw error;
  }
}

/** What is in place yet; nothing if it can't be read, which may be why it is replaced. */
async function keptNow(
  { secrets }: Pick<ReplaceKeyDependencies, "secrets">,
  { keySource, secretArn }: Connection,
): Promise<KeptCredential | undefined> {
  if (keySource !== "signIn") {
    return undefined;
  }
  try {
    return await secrets.read(secretArn, { fresh: true });
  } catch (error) {
    if (error instanceof DomainError) {
      return undefined;
    }
    throw error;
  }
}

/** Keeps the new key, and writes on the connection where it is. One that is kept must not stay if that fails. */
async function write(
  dependencies: ReplaceKeyDependencies,
  { caller, connectionId, key }: ReplaceKeyInput,
  before: Connection,
  tried: NewKeyTried,
): Promise<Connection> {
  const { connections, secrets, clock } = dependencies;
  const secretArn =
    tried.place === "ownSecret"
      ? tried.secretArn
      : await secrets.replace(before.secretArn, connectionId, tried.kept);
  for (let attempt = 0; attempt < WRITE_ATTEMPTS; attempt += 1) {
    const current = await connections.get(connectionId);
    const isGone = current === undefined;
    if (isGone || (current.keySource === "ownSecret" && key.kind !== "ownSecret")) {
      // Removed, or switched to the customer's secret, in the same moment: what is kept here is nobody's.
      if (tried.place === "here") {
        await endSignIn(dependencies, tried.kept, connectionId);
        await secrets.delete(secretArn);
      }
      throw isGone
        ? new DomainError("connectionNotFound", { connectionId })
        : new DomainError("ownSecretInUse", {}, fieldOf(key));
    }
    const abandons = key.kind === "ownSecret" && current.keySource !== "ownSecret";
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
