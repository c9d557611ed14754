import {
  REQUIRED_SCOPES,
  type Account,
  type ApiRevision,
  type Scope,
} from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, Klaviyo, KlaviyoResult, SecretStore } from "../../ports";
import { resultOf } from "./call-result";
import { isOfTheKey } from "./connection-findings";
import { readCredential, type Credential } from "./credential";

/** A key as it is given to a connection: typed, or as the ARN of the customer's own secret that holds it. */
export type NewKey = { kind: "typed"; apiKey: string } | { kind: "ownSecret"; secretArn: string };

/** What a key that works was found to be good for. */
export interface TriedKey {
  readonly account: Account;
  readonly scopes: readonly Scope[];
  readonly revision: ApiRevision;
}

interface TryKeyDependencies {
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
}

/** Longest time spent waiting for Klaviyo's rate limits; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 12_000;

/**
 * Tries a key against Klaviyo: the account that it belongs to, and that it may do all that is needed.
 * Throws `keyRefused`, `scopesMissing`, each with the field given, and `klaviyoUnavailable`.
 */
export async function tryKey(
  { klaviyo, clock }: TryKeyDependencies,
  { apiKey }: Credential,
  field?: string,
): Promise<TriedKey> {
  const deadline = clock.now().getTime() + PATIENCE_MILLISECONDS;
  const check = await patiently(clock, deadline, field, () => klaviyo.checkKey(apiKey));
  switch (check.kind) {
    case "usable":
      return {
        account: check.account,
        scopes: [...REQUIRED_SCOPES],
        revision: check.revision,
      };
    case "scopesMissing":
      throw new DomainError("scopesMissing", { scopes: check.scopes.join(", ") }, field);
  }
}

/** The request's field that a new key came in. */
export function fieldOf(key: NewKey): "/apiKey" | "/secretArn" {
  return key.kind === "typed" ? "/apiKey" : "/secretArn";
}

/**
 * Reads a new key if it is in the customer's own secret, and tries it. Throws what {@link tryKey} throws,
 * `ownSecretUnreadable`, and `invalidRequest` for a secret of this system's, which is another connection's.
 */
export async function tryNewKey(
  dependencies: TryKeyDependencies & { secrets: Pick<SecretStore, "read" | "isOwn"> },
  key: NewKey,
): Promise<TriedKey> {
  const field = fieldOf(key);
  if (key.kind === "typed") {
    return tryKey(dependencies, { kind: "apiKey", apiKey: key.apiKey }, field);
  }
  const { secrets } = dependencies;
  if (secrets.isOwn(key.secretArn)) {
    const reason = "secretArn names a secret that this system keeps for a connection";
    throw new DomainError("invalidRequest", { reason }, field);
  }
  const place = { ...key, keySource: "ownSecret" } as const;
  return tryKey(dependencies, await readCredential(secrets, place, { fresh: true }, field), field);
}

/**
 * Calls Klaviyo, and again when it asks for patience: its accounts call may be made once a second, and the
 * account that a limit counts for is not known before the first answer.
 */
async function patiently<Value>(
  clock: Clock,
  deadline: number,
  field: string | undefined,
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<Value> {
  for (;;) {
    const now = clock.now();
    const result = resultOf(await call(), now);
    if (result.kind === "done") {
      return result.value;
    }
    const wait = result.kind === "later" ? Math.max(result.at.getTime() - now.getTime(), 100) : 0;
    if (wait === 0 || clock.now().getTime() + wait > deadline) {
      throw DomainError.of(result.problem, isOfTheKey(result.problem) ? field : undefined);
    }
    await clock.sleep(wait);
  }
}
