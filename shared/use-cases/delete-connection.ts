import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type { ConnectionStore, ExportStore, Log, SecretStore } from "../ports";
import { requireRole } from "./access";

export interface DeleteConnectionDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "delete">;
  readonly exports: Pick<ExportStore, "listByConnection">;
  readonly secrets: Pick<SecretStore, "delete">;
  readonly log: Log;
}

/** Exports that the refusal names; of more, the number is told. */
const EXPORTS_NAMED = 20;

/**
 * Deletes a connection and its key. Throws `notPermitted`, `connectionNotFound`, and `connectionInUse` with
 * the ids of the exports that use it. An export that is made on it at the very same time is not seen; it
 * stays, and its runs are skipped for want of a connection.
 */
export async function deleteConnection(
  { connections, exports, secrets, log }: DeleteConnectionDependencies,
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<void> {
  requireRole(caller, "Administrator");
  const connection = await connections.get(connectionId);
  if (connection === undefined) {
    throw new DomainError("connectionNotFound", { connectionId });
  }
  const users = await exports.listByConnection(connectionId);
  if (users.length > 0) {
    const named = users.slice(0, EXPORTS_NAMED).map(({ exportId }) => exportId);
    throw new DomainError("connectionInUse", {
      count: users.length,
      exports: named.join(", ") + (users.length > named.length ? ", …" : ""),
    });
  }
  // The key first: if this breaks off in between, what is left can still be found and deleted again.
  await secrets.delete(connection.secretArn);
  await connections.delete(connectionId);
  log.info("connectionDeleted", { connectionId });
}
