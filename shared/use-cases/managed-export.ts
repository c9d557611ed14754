import type { Export } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type { ConnectionStore, ExportStore } from "../ports";
import { requireExportManager, requireRole } from "./access";

/** Finds an export that the caller wants to act on. Throws `exportNotFound`, `notPermitted`. */
export async function getManagedExport(
  {
    exports,
    connections,
  }: { exports: Pick<ExportStore, "get">; connections: Pick<ConnectionStore, "get"> },
  caller: Caller,
  exportId: string,
): Promise<Export> {
  requireRole(caller, "Contributor");
  const found = await exports.get(exportId);
  if (found === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  requireExportManager(caller, await connections.get(found.connectionId));
  return found;
}
