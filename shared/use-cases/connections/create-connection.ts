import {
  CONSENT_WORDING,
  type Connection,
  type ConnectionSettings,
} from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type {
  Clock,
  ConnectionStore,
  IdGenerator,
  Klaviyo,
  KlaviyoSignIn,
  Log,
  SecretStore,
} from "../../ports";
import { requireAccess } from "../access/access";
import { tryNewKey, type NewKey, type NewKeyTried } from "../klaviyo/connection-key";
import { endSignIn } from "../klaviyo/sign-in";

export interface CreateConnectionDependencies {
  readonly connections: Pick<ConnectionStore, "create" | "delete" | "get">;
  readonly secrets: Pick<SecretStore, "create" | "delete" | "read" | "isOwn">;
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly signIn: Pick<KlaviyoSignIn, "finish" | "revoke">;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Log;
}

export interface CreateConnectionInput {
  readonly caller: Caller;
  /** Given when the request may be repeated: the connection is made once. @default a new id */
  readonly connectionId?: string | undefined;
  readonly settings: ConnectionSettings;
  readonly key: NewKey;
  /** Must be true: without consent there is no connection. */
  readonly agree: boolean;
}

/**
 * Makes a connection once everything about it holds: consent given, key accepted, all scopes there, display
 * name free. The caller becomes its export user. Throws `notPermitted`, `invalidRequest` on `/agree`,
 * `displayNameTaken`, and what {@link tryNewKey} throws; nothing is left behind then.
 */
export async function createConnection(
  dependencies: CreateConnectionDependencies,
  input: CreateConnectionInput,
): Promise<Connection> {
  const { connections, secrets, clock, ids, log } = dependencies;
  requireAccess(input.caller, "createConnection");
  if (!input.agree) {
    throw new DomainError(
      "invalidRequest",
      { reason: `agree must be true, which says: “${CONSENT_WORDING.text}”` },
      "/agree",
    );
  }
  const connectionId = input.connectionId ?? ids.next();
  const made = input.connectionId === undefined ? undefined : await connections.get(connectionId);
  if (made !== undefined) {
    return made;
  }
  const tried = await tryNewKey(dependencies, input.key);
  const { account, scopes, revision } = tried;

  const now = clock.now().toISOString();
  const secretArn =
    tried.place === "ownSecret" ? tried.secretArn : await secrets.create(connectionId, tried.kept);
  const connection: Connection = {
    connectionId,
    type: "klaviyo",
    ...input.settings,
    account,
    scopes: [...scopes],
    secretArn,
    keySource: input.key.kind,
    keyFinding: { foundAt: now, foundBy: "check" },
    revision,
    consent: {
      agreedBy: input.caller.userId,
      agreedAt: now,
      wordingVersion: CONSENT_WORDING.version,
      wording: CONSENT_WORDING.text,
    },
    exportUser: input.caller.userId,
    version: 1,
    createdAt: now,
    createdBy: input.caller.userId,
    updatedAt: now,
    updatedBy: input.caller.userId,
  };
  try {
    await connections.create(connection);
  } catch (error) {
    await cleanUp(dependencies, connection, tried);
    throw error;
  }
  log.info("connectionCreated", { connectionId, accountId: account.id });
  return connection;
}

/**
 * Takes back what was made of a connection. The connection is deleted too, because a store that failed may
 * have written it all the same; then it would be there without its key.
 */
async function cleanUp(
  dependencies: CreateConnectionDependencies,
  { connectionId, secretArn }: Connection,
  tried: NewKeyTried,
): Promise<void> {
  const { connections, secrets, log } = dependencies;
  const results = await Promise.allSettled([
    connections.delete(connectionId),
    // The customer's own secret is never touched.
    ...(tried.place === "here"
      ? [secrets.delete(secretArn), endSignIn(dependencies, tried.kept, connectionId)]
      : []),
  ]);
  for (const result of results) {
    if (result.status === "rejected") {
      log.error("connectionLeftBehind", { connectionId, error: result.reason });
    }
  }
}
