import type { Connection } from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore } from "../../ports";

/** Throws `connectionNotFound`. */
export async function existingConnection(
  connections: Pick<ConnectionStore, "get">,
  connectionId: string,
): Promise<Connection> {
  const found = await connections.get(connectionId);
  if (found === undefined) {
    throw new DomainError("connectionNotFound", { connectionId });
  }
  return found;
}
