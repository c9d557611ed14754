import {
  accessTable,
  connectionPermissions,
  exportPermissions,
  type Access,
  type Action,
  type ConnectionPermission,
  type ExportPermission,
} from "../../domain/access/access-table";

export type { ExportPermission } from "../../domain/access/access-table";
import type { Connection } from "../../domain/connections/connection";
import type { Caller, Role } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";

/** Throws `notPermitted` if the caller may do this on no connection at all. */
export function requireAccess(caller: Caller, action: Action): void {
  const access: Record<Role, Access> = accessTable[action];
  if (access[caller.role] === "none") {
    const needed = access.Contributor === "none" ? "Administrator" : "Contributor";
    throw new DomainError("notPermitted", { role: needed });
  }
}

/** Whether the caller may do this on the connection; undefined stands for none, or for one that is gone. */
export function mayOn(
  caller: Caller,
  action: Action,
  connection: Pick<Connection, "sharing"> | undefined,
): boolean {
  const access: Record<Role, Access> = accessTable[action];
  switch (access[caller.role]) {
    case "all":
      return true;
    case "shared":
      return connection?.sharing === "administratorsAndContributors";
    case "none":
      return false;
  }
}

/** Throws `notPermitted` unless the caller may do this on the connection. */
export function requireAccessOn(
  caller: Caller,
  action: Action,
  connection: Pick<Connection, "sharing"> | undefined,
): void {
  requireAccess(caller, action);
  if (!mayOn(caller, action, connection)) {
    throw new DomainError("notPermitted", { role: "Administrator" });
  }
}

/** Whether the caller may make and manage exports on the connection. */
export function mayUseConnection(caller: Caller, connection: Pick<Connection, "sharing">): boolean {
  return mayOn(caller, "viewConnection", connection);
}

/** What a caller may do with a connection, and the action that each stands for. */
const connectionActions = {
  view: "viewConnection",
  /** To make exports on it, and lists in its account. */
  use: "createExport",
  edit: "updateConnection",
  verify: "verifyConnection",
  replaceKey: "replaceKey",
  /** To take all exports off it. */
  detach: "detachConnectionExports",
  delete: "deleteConnection",
} as const satisfies Record<ConnectionPermission, Action>;

/** What the caller may do with a connection. */
export function permissionsOnConnection(
  caller: Caller,
  connection: Pick<Connection, "sharing">,
): readonly ConnectionPermission[] {
  return connectionPermissions.filter((permission) =>
    mayOn(caller, connectionActions[permission], connection),
  );
}

/** What a caller may do with an export, and the action that each stands for. */
const exportActions = {
  view: "viewExport",
  edit: "updateExport",
  run: "startRun",
  delete: "deleteExport",
  attach: "attachExport",
  detach: "detachExport",
} as const satisfies Record<ExportPermission, Action>;

/**
 * What the caller may do with an export on this connection. Contributors may only look at one whose
 * connection is not shared with them, is gone, or was detached.
 */
export function permissionsOnExport(
  caller: Caller,
  connection: Pick<Connection, "sharing"> | undefined,
): readonly ExportPermission[] {
  return exportPermissions.filter((permission) =>
    mayOn(caller, exportActions[permission], connection),
  );
}
