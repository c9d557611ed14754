import type { Connection } from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { SecretStore } from "../../ports";

/** Reads a connection's key. Throws `secretUnreadable`, `ownSecretUnreadable`, `secretScheduledForDeletion`. */
export async function readApiKey(
  secrets: Pick<SecretStore, "read">,
  { secretArn, keySource }: Pick<Connection, "secretArn" | "keySource">,
  options: { fresh?: boolean } = {},
  field?: string,
): Promise<string> {
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
