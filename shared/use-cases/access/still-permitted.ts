import type { Action } from "../../domain/access/access-table";
import type { Caller } from "../../domain/access/identity";
import type { ConnectionStore, ExportStore } from "../../ports";
import { requireAccess, requireAccessOn } from "./access";

export interface StillPermittedDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get">;
}

/**
 * Whether the caller may still do what they did: before a kept answer is handed out again, since sharing may have
 * ended meanwhile. What is gone is nobody's but the administrators'. Throws `notPermitted`.
 */
export async function requireStillPermitted(
  { connections, exports }: StillPermittedDependencies,
  caller: Caller,
  action: Action,
  { connectionId, exportId }: { connectionId?: string | undefined; exportId?: string | undefined },
): Promise<void> {
  requireAccess(caller, action);
  const used =
    connectionId ??
    (exportId === undefined ? undefined : (await exports.get(exportId))?.connectionId);
  if (used !== undefined) {
    requireAccessOn(caller, action, await connections.get(used));
  } else if (exportId !== undefined) {
    requireAccessOn(caller, action, undefined);
  }
}
