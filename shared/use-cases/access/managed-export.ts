import type { Action } from "../../domain/access/access-table";
import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore, ExportStore } from "../../ports";
import { requireAccess, requireAccessOn } from "./access";

/** Finds an export that the caller wants to act on. Throws `exportNotFound`, `notPermitted`. */
export async function getManagedExport(
  {
    exports,
    connections,
  }: { exports: Pick<ExportStore, "get">; connections: Pick<ConnectionStore, "get"> },
  caller: Caller,
  exportId: string,
  action: Action = "updateExport",
): Promise<Export> {
  requireAccess(caller, action);
  const found = await exports.get(exportId);
  if (found === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  requireAccessOn(caller, action, await connections.get(found.connectionId));
  return found;
}
