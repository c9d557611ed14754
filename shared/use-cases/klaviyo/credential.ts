import type { Connection } from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore, SecretStore } from "../../ports";

/** What lets a call into an account. */
export type Credential = ApiKey;

/** A private API key of the account's. */
interface ApiKey {
  readonly kind: "apiKey";
  readonly apiKey: string;
}

export interface CredentialDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly secrets: Pick<SecretStore, "read">;
}

/** Reads what a connection is let in with. Throws `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`. */
export async function readCredential(
  secrets: Pick<SecretStore, "read">,
  { secretArn, keySource }: Pick<Connection, "secretArn" | "keySource">,
  options: { fresh?: boolean } = {},
  field?: string,
): Promise<Credential> {
  try {
    return { kind: "apiKey", apiKey: await secrets.read(secretArn, options) };
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

/** A credential as calls use it, which may be replaced while they are made. */
export interface HeldCredential {
  current(): Credential;
  /**
   * Whether there is another in place of one that Klaviyo refused, which is current then: workers may hold a key for
   * a minute, and a key is replaced without stopping runs.
   */
  isReplaced(refused: Credential): Promise<boolean>;
}

/** Reads a connection's credential and keeps hold of it. Throws what {@link readCredential} throws. */
export async function holdCredential(
  { connections, secrets }: CredentialDependencies,
  connection: Connection,
): Promise<HeldCredential> {
  let current = await readCredential(secrets, connection);
  let asked: Promise<boolean> | undefined;

  async function takeNew(): Promise<boolean> {
    const now = await connections.get(connection.connectionId);
    const fresh = now === undefined ? undefined : await readIfThere(secrets, now);
    if (fresh === undefined || isSame(fresh, current)) {
      return false;
    }
    current = fresh;
    asked = undefined;
    return true;
  }

  return {
    current: () => current,
    async isReplaced(refused) {
      if (!isSame(refused, current)) {
        return true;
      }
      // Calls that are made at a time are refused together: one of them asks.
      asked ??= takeNew();
      return asked;
    },
  };
}

async function readIfThere(
  secrets: Pick<SecretStore, "read">,
  connection: Connection,
): Promise<Credential | undefined> {
  try {
    return await readCredential(secrets, connection, { fresh: true });
  } catch (error) {
    if (error instanceof DomainError) {
      return undefined;
    }
    throw error;
  }
}

function isSame(one: Credential, other: Credential): boolean {
  return one.apiKey === other.apiKey;
}
