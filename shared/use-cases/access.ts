import type { Connection } from "../domain/connection";
import { includesRole, type Caller, type Role } from "../domain/identity";
import { DomainError } from "../domain/problem";

/** Throws `notPermitted` unless the caller's role includes the one needed. */
export function requireRole(caller: Caller, needed: Role): void {
  if (!includesRole(caller.role, needed)) {
    throw new DomainError("notPermitted", { role: needed });
  }
}

/** Whether the caller may make and manage exports on the connection. */
export function mayUseConnection(
  caller: Caller,
  { sharing }: Pick<Connection, "sharing">,
): boolean {
  switch (caller.role) {
    case "Administrator":
      return true;
    case "Contributor":
      return sharing === "administratorsAndContributors";
    case "Viewer":
      return false;
  }
}

/** What a caller may do with an export. */
export const exportPermissions = ["view", "edit", "run", "delete"] as const;
export type ExportPermission = (typeof exportPermissions)[number];

/**
 * What the caller may do with an export on this connection. Contributors manage every export on a
 * connection that is shared with them, whoever made it; when it is not, or is gone, they may only look.
 */
export function permissionsOnExport(
  caller: Caller,
  connection: Pick<Connection, "sharing"> | undefined,
): readonly ExportPermission[] {
  const manages =
    connection === undefined
      ? caller.role === "Administrator"
      : mayUseConnection(caller, connection);
  return manages ? exportPermissions : ["view"];
}

/** Throws `notPermitted` unless the caller may manage exports on this connection. */
export function requireExportManager(
  caller: Caller,
  connection: Pick<Connection, "sharing"> | undefined,
): void {
  requireRole(caller, "Contributor");
  if (!permissionsOnExport(caller, connection).includes("edit")) {
    throw new DomainError("notPermitted", { role: "Administrator" });
  }
}
