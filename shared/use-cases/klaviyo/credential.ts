import type { Connection } from "../../domain/connections/connection";
import {
  areDue,
  credentialOf,
  isSameCredential,
  type Credential,
  type KeptCredential,
} from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore, SecretStore } from "../../ports";
import { hopeless, type NotDone } from "./call-result";
import { renewSignIn, type RenewalDependencies } from "./renew-sign-in";

export interface CredentialDependencies extends RenewalDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "holdSecret" | "releaseSecret">;
}

/** Reads what a connection is let in with. Throws `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`. */
export async function readCredential(
  secrets: Pick<SecretStore, "read">,
  { secretArn, keySource }: Pick<Connection, "secretArn" | "keySource">,
  options: { fresh?: boolean } = {},
  field?: string,
): Promise<KeptCredential> {
  try {
    return await secrets.read(secretArn, options);
  } catch (error) {
    if (error instanceof DomainError && keySource === "ownSecret") {
      const { code } = error.problem;
      throw code === "secretScheduledForDeletion"
        ? new DomainError(code, {}, field)
        : new DomainError("ownSecretUnreadable", {}, field);
    }
    throw error;
  }
}

/** What a call may be made with, or why none may be made. */
type CurrentCredential = { readonly kind: "current"; readonly credential: Credential } | NotDone;

/** A credential as calls use it, which may be replaced while they are made. */
export interface HeldCredential {
  /**
   * What is to be used for a call that is made soon: the tokens of a sign-in are renewed before they end. Waits for
   * another worker's renewal until the deadline at most.
   */
  current(deadline: Date): Promise<CurrentCredential>;
  /**
   * Whether there is another in place of one that Klaviyo refused, which is current then: workers may hold a key for
   * a minute, a key is replaced without stopping runs, and tokens may end before their time.
   */
  isReplaced(refused: Credential, deadline: Date): Promise<boolean>;
}

/** Reads a connection's credential and keeps hold of it. Throws what {@link readCredential} throws. */
export async function holdCredential(
  dependencies: CredentialDependencies,
  connection: Connection,
  options: { fresh?: boolean } = {},
): Promise<HeldCredential> {
  const { connections, secrets, clock } = dependencies;
  let kept = await readCredential(secrets, connection, options);
  let asked: Promise<boolean> | undefined;
  let renewAt = new Date(0);
  let renewed: Promise<NotDone | undefined> | undefined;

  function take(fresh: KeptCredential): boolean {
    const isNew = !isSameCredential(fresh, kept);
    kept = fresh;
    return isNew;
  }

  /** Calls that are made at a time need one renewal. */
  function renew(why: "due" | "refused", deadline: Date): Promise<NotDone | undefined> {
    renewed ??= renewOnce(why, deadline).finally(() => {
      renewed = undefined;
    });
    return renewed;
  }

  async function renewOnce(why: "due" | "refused", deadline: Date): Promise<NotDone | undefined> {
    try {
      const outcome = await renewSignIn(dependencies, connection, { used: kept, why, deadline });
      if (outcome.kind !== "kept") {
        return outcome;
      }
      take(outcome.kept);
      renewAt = outcome.againAt ?? renewAt;
      return undefined;
    } catch (error) {
      if (error instanceof DomainError) {
        return hopeless(error.problem);
      }
      throw error;
    }
  }

  async function takeNew(deadline: Date): Promise<boolean> {
    const now = await connections.get(connection.connectionId);
    const fresh = now === undefined ? undefined : await readIfThere(secrets, now);
    if (fresh === undefined) {
      return false;
    }
    if (take(fresh)) {
      asked = undefined;
      return true;
    }
    const refused = kept;
    if (kept.kind === "apiKey" || (await renew("refused", deadline)) !== undefined) {
      return false;
    }
    asked = undefined;
    return !isSameCredential(refused, kept);
  }

  return {
    async current(deadline) {
      const now = clock.now();
      if (kept.kind === "signIn" && areDue(kept, now) && now >= renewAt) {
        const failure = await renew("due", deadline);
        if (failure !== undefined) {
          return failure;
        }
      }
      return { kind: "current", credential: credentialOf(kept) };
    },
    async isReplaced(refused, deadline) {
      if (!isSameCredential(refused, kept)) {
        return true;
      }
      // Calls that are made at a time are refused together: one of them asks.
      asked ??= takeNew(deadline);
      return asked;
    },
  };
}

async function readIfThere(
  secrets: Pick<SecretStore, "read">,
  connection: Connection,
): Promise<KeptCredential | undefined> {
  try {
    return await readCredential(secrets, connection, { fresh: true });
  } catch (error) {
    if (error instanceof DomainError) {
      return undefined;
    }
    throw error;
  }
}
