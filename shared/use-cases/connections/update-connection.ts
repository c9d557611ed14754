import type { Connection, ConnectionSettings } from "../../domain/connections/connection";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, Log } from "../../ports";
import { requireAccess } from "../access/access";
import { existingConnection } from "./existing-connection";

export interface UpdateConnectionDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "update">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
}

/**
 * Renames a connection, shares it or no longer, or sets its profile limit. Exports that contributors made
 * stay when it is no longer shared; contributors may then only look at them. Throws `notPermitted`,
 * `connectionNotFound`, `connectionChanged`, `displayNameTaken`.
 */
export async function updateConnection(
  { connections, clock, log }: UpdateConnectionDependencies,
  input: {
    caller: Caller;
    connectionId: string;
    settings: ConnectionSettings;
    /** The version that the caller has seen; without it, whatever is stored is replaced. */
    version?: number | undefined;
  },
): Promise<{ before: Connection; after: Connection }> {
  const { caller, connectionId, settings, version } = input;
  requireAccess(caller, "updateConnection");
  const before = await existingConnection(connections, connectionId);
  if (version !== undefined && version !== before.version) {
    throw new DomainError("connectionChanged", {}, "/version");
  }
  const after: Connection = {
    ...before,
    ...settings,
    version: before.version + 1,
    updatedAt: clock.now().toISOString(),
    updatedBy: caller.userId,
  };
  if (!(await connections.update(after, before.version))) {
    throw (await connections.get(connectionId)) === undefined
      ? new DomainError("connectionNotFound", { connectionId })
      : new DomainError("connectionChanged");
  }
  log.info("connectionUpdated", { connectionId, version: after.version });
  return { before, after };
}
