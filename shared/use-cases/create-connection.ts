import {
  CONSENT_WORDING,
  DEFAULT_PROFILE_LIMIT,
  REQUIRED_SCOPES,
  type Account,
  type Connection,
} from "../domain/connection";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type {
  Clock,
  ConnectionStore,
  IdGenerator,
  Klaviyo,
  KlaviyoResult,
  Log,
  SecretStore,
} from "../ports";
import { requireRole } from "./access";
import { problemOfFailure } from "./run-destination";

export interface CreateConnectionDependencies {
  readonly connections: Pick<ConnectionStore, "create" | "delete">;
  readonly secrets: Pick<SecretStore, "create" | "delete">;
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly log: Log;
}

export interface CreateConnectionInput {
  readonly caller: Caller;
  readonly displayName: string;
  readonly apiKey: string;
  /** Must be true: without consent there is no connection. */
  readonly agree: boolean;
  /** Administrators alone unless something else is chosen. */
  readonly sharing?: Connection["sharing"];
  /** Members per run that the Klaviyo contract allows. */
  readonly profileLimit?: number;
}

/** Longest time spent waiting for Klaviyo's rate limits; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 12_000;

/**
 * Makes a connection once everything about it holds: consent given, key accepted, all scopes there, display
 * name free. The caller becomes its export user. Throws `notPermitted`, `invalidRequest` on `/agree`,
 * `keyRefused`, `scopesMissing`, `klaviyoUnavailable`, `displayNameTaken`; nothing is left behind then.
 */
export async function createConnection(
  dependencies: CreateConnectionDependencies,
  input: CreateConnectionInput,
): Promise<Connection> {
  const { connections, secrets, clock, ids, log } = dependencies;
  requireRole(input.caller, "Administrator");
  if (!input.agree) {
    throw new DomainError(
      "invalidRequest",
      { reason: `agree must be true, which says: “${CONSENT_WORDING.text}”` },
      "/agree",
    );
  }
  const account = await checkKey(dependencies, input.apiKey);

  const connectionId = ids.next();
  const now = clock.now().toISOString();
  const secretArn = await secrets.create(connectionId, input.apiKey);
  const connection: Connection = {
    connectionId,
    type: "klaviyo",
    displayName: input.displayName,
    sharing: input.sharing ?? "administrators",
    profileLimit: input.profileLimit ?? DEFAULT_PROFILE_LIMIT,
    account,
    scopes: [...REQUIRED_SCOPES],
    secretArn,
    consent: {
      agreedBy: input.caller.userId,
      agreedAt: now,
      wordingVersion: CONSENT_WORDING.version,
      wording: CONSENT_WORDING.text,
    },
    exportUser: input.caller.userId,
    createdAt: now,
    createdBy: input.caller.userId,
  };
  try {
    await connections.create(connection);
  } catch (error) {
    await cleanUp(dependencies, connection);
    throw error;
  }
  log.info("connectionCreated", { connectionId, accountId: account.id });
  return connection;
}

/** Tries the key against Klaviyo: the account that it belongs to, and that it may do all that is needed. */
async function checkKey(
  { klaviyo, clock }: CreateConnectionDependencies,
  apiKey: string,
): Promise<Account> {
  const deadline = clock.now().getTime() + PATIENCE_MILLISECONDS;
  const check = await patiently(clock, deadline, () => klaviyo.checkKey(apiKey));
  switch (check.kind) {
    case "usable":
      return check.account;
    case "scopesMissing":
      throw new DomainError("scopesMissing", { scopes: check.scopes.join(", ") }, "/apiKey");
  }
}

/**
 * Calls Klaviyo, and again when it asks for patience: its accounts call may be made once a second, and the
 * account that a limit counts for is not known before the first answer.
 */
async function patiently<Value>(
  clock: Clock,
  deadline: number,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<Value> {
  for (;;) {
    const result = await call();
    if (result.ok) {
      return result.value;
    }
    const { failure } = result;
    const wait = failure.kind === "throttled" ? Math.max(failure.retryAfterMilliseconds, 100) : 0;
    if (wait === 0 || clock.now().getTime() + wait > deadline) {
      const { code, params } = problemOfFailure(failure);
      const byKey = code === "keyRefused" || code === "scopesMissing";
      throw new DomainError(code, params, byKey ? "/apiKey" : undefined);
    }
    await clock.sleep(wait);
  }
}

/**
 * Takes back what was made of a connection. The connection is deleted too, because a store that failed may
 * have written it all the same; then it would be there without its key.
 */
async function cleanUp(
  { connections, secrets, log }: CreateConnectionDependencies,
  { connectionId, secretArn }: Connection,
): Promise<void> {
  const results = await Promise.allSettled([
    connections.delete(connectionId),
    secrets.delete(secretArn),
  ]);
  for (const result of results) {
    if (result.status === "rejected") {
      log.error("connectionLeftBehind", { connectionId, error: result.reason });
    }
  }
}
