import * as z from "zod";
import { exportSettingsSchema } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import { requireAccess } from "./access";
import { asRequest } from "./subscription-settings";
import { updateExport, type ExportChange, type UpdateExportDependencies } from "./update-export";

/**
 * Puts an export on a connection, the one that it is detached from or another, with all other settings as
 * they are; the list is another one if one is named. Starts nothing. Throws what {@link updateExport}
 * throws: the list must exist in the connection's account.
 */
export async function attachExport(
  dependencies: UpdateExportDependencies,
  input: {
    caller: Caller;
    exportId: string;
    connectionId: string;
    listId?: string;
    /** The version that the caller has seen; without it, whatever is stored is attached. */
    version?: number | undefined;
  },
): Promise<ExportChange> {
  const { caller, exportId, connectionId, listId } = input;
  requireAccess(caller, "attachExport");
  const stored = await dependencies.exports.get(exportId);
  if (stored === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  return updateExport(dependencies, {
    caller,
    exportId,
    action: "attachExport",
    settings: asRequest(
      z
        .object(exportSettingsSchema.shape)
        .parse({ ...stored, connectionId, listId: listId ?? stored.listId }),
    ),
    version: input.version ?? stored.version,
  });
}
