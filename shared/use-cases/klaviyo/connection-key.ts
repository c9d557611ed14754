import {
  REQUIRED_SCOPES,
  type Account,
  type ApiRevision,
  type Scope,
} from "../../domain/connections/connection";
import {
  credentialOf,
  type Credential,
  type KeptCredential,
  type SignInAnswer,
} from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type {
  Clock,
  Klaviyo,
  KlaviyoResult,
  KlaviyoSignIn,
  Log,
  SecretStore,
  SignInPerson,
} from "../../ports";
import { asOfSignIn, resultOf } from "./call-result";
import { isOfTheKey } from "./connection-findings";
import { readCredential } from "./credential";
import { endSignIn, finishSignIn } from "./sign-in";

/**
 * A way into an account as it is given to a connection: a key that is typed, the ARN of the customer's own secret
 * that holds one, or what Klaviyo sent a person back with who signed in there.
 */
export type NewKey =
  | { readonly kind: "typed"; readonly apiKey: string }
  | { readonly kind: "ownSecret"; readonly secretArn: string }
  | ({ readonly kind: "signIn" } & SignInAnswer & SignInPerson);

/** What a key that works was found to be good for. */
export interface TriedKey {
  readonly account: Account;
  readonly scopes: readonly Scope[];
  readonly revision: ApiRevision;
}

/** A new key that works, and where it is or is to be kept. */
export type NewKeyTried = TriedKey &
  (
    | { readonly place: "ownSecret"; readonly secretArn: string }
    | { readonly place: "here"; readonly kept: KeptCredential }
  );

export interface TryKeyDependencies {
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
}

export interface TryNewKeyDependencies extends TryKeyDependencies {
  readonly secrets: Pick<SecretStore, "read" | "isOwn">;
  readonly signIn: Pick<KlaviyoSignIn, "finish" | "revoke">;
  readonly log: Pick<Log, "warn">;
}

/** Longest time spent waiting for Klaviyo's rate limits; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 12_000;

/**
 * Tries a key or a sign-in against Klaviyo: the account that it belongs to, and that it may do all that is needed.
 * Throws `keyRefused`, `scopesMissing`, `signInEnded`, `signInScopesMissing`, each with the field given, and
 * `klaviyoUnavailable`.
 */
export async function tryKey(
  { klaviyo, clock }: TryKeyDependencies,
  credential: Credential,
  field?: string,
): Promise<TriedKey> {
  const deadline = clock.now().getTime() + PATIENCE_MILLISECONDS;
  const check = await patiently(clock, deadline, { credential, field }, () =>
    klaviyo.checkKey(credential),
  );
  switch (check.kind) {
    case "usable":
      return {
        account: check.account,
        scopes: [...REQUIRED_SCOPES],
        revision: check.revision,
      };
    case "scopesMissing": {
      const code = credential.kind === "apiKey" ? "scopesMissing" : "signInScopesMissing";
      throw new DomainError(code, { scopes: check.scopes.join(", ") }, field);
    }
  }
}

/** The request's field that a new key came in. */
export function fieldOf(key: NewKey): "/apiKey" | "/secretArn" | "/signIn" {
  switch (key.kind) {
    case "typed":
      return "/apiKey";
    case "ownSecret":
      return "/secretArn";
    case "signIn":
      return "/signIn";
  }
}

/**
 * Reads a new key if it is in the customer's own secret, or finishes signing in, and tries what came of it. Throws
 * what {@link tryKey} and {@link finishSignIn} throw, `ownSecretUnreadable`, and `invalidRequest` for a secret of
 * this system's, which is another connection's. A sign-in that is good for nothing is ended.
 */
export async function tryNewKey(
  dependencies: TryNewKeyDependencies,
  key: NewKey,
): Promise<NewKeyTried> {
  const field = fieldOf(key);
  switch (key.kind) {
    case "typed": {
      const kept: KeptCredential = { kind: "apiKey", apiKey: key.apiKey };
      return { ...(await tryKey(dependencies, credentialOf(kept), field)), place: "here", kept };
    }
    case "signIn": {
      const kept = await finishSignIn(dependencies, key, field);
      try {
        return { ...(await tryKey(dependencies, credentialOf(kept), field)), place: "here", kept };
      } catch (error) {
        await endSignIn(dependencies, kept);
        throw error;
      }
    }
    case "ownSecret": {
      const { secretArn } = key;
      const kept = await readOwnSecret(dependencies, secretArn, field);
      const tried = await tryKey(dependencies, credentialOf(kept), field);
      return { ...tried, place: "ownSecret", secretArn };
    }
  }
}

async function readOwnSecret(
  { secrets }: Pick<TryNewKeyDependencies, "secrets">,
  secretArn: string,
  field: string,
): Promise<KeptCredential> {
  if (secrets.isOwn(secretArn)) {
    const reason = "secretArn names a secret that this system keeps for a connection";
    throw new DomainError("invalidRequest", { reason }, field);
  }
  return readCredential(secrets, { secretArn, keySource: "ownSecret" }, { fresh: true }, field);
}

/**
 * Calls Klaviyo, and again when it asks for patience: its accounts call may be made once a second, and the
 * account that a limit counts for is not known before the first answer.
 */
async function patiently<Value>(
  clock: Clock,
  deadline: number,
  { credential, field }: { readonly credential: Credential; readonly field: string | undefined },
  call: () => Promise<KlaviyoResult<Value>>,
): Promise<Value> {
  for (;;) {
    const now = clock.now();
    const answered = resultOf(await call(), now);
    const result = credential.kind === "accessToken" ? asOfSignIn(answered) : answered;
    if (result.kind === "done") {
      return result.value;
    }
    if (result.kind !== "later") {
      throw DomainError.of(result.problem, isOfTheKey(result.problem) ? field : undefined);
    }
    const wait = Math.max(result.at.getTime() - now.getTime(), 100);
    if (clock.now().getTime() + wait > deadline) {
      throw DomainError.until(result.at, result.problem, clock.now());
    }
    await clock.sleep(wait);
  }
}
