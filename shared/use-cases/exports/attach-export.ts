import { settingsOf } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { requireAccess } from "../access/access";
import { asRequest } from "./subscription-settings";
import { updateExport, type ExportChange, type UpdateExportDependencies } from "./update-export";

/**
 * Puts an export on a connection, the one that it is detached from or another, with all other settings as
 * they are; the list is another one if one is named. `agree` acknowledges subscribing its members there, if the
 * export does that. Starts nothing. Throws what {@link updateExport}
 * throws: the list must exist in the connection's account.
 */
export async function attachExport(
  dependencies: UpdateExportDependencies,
  input: {
    caller: Caller;
    exportId: string;
    connectionId: string;
    listId?: string | undefined;
    agree?: boolean | undefined;
    /** The version that the caller has seen; without it, whatever is stored is attached. */
    version?: number | undefined;
  },
): Promise<ExportChange> {
  const { caller, exportId, connectionId, listId, agree } = input;
  requireAccess(caller, "attachExport");
  const stored = await dependencies.exports.get(exportId);
  if (stored === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  const settings = asRequest(
    settingsOf({ ...stored, connectionId, listId: listId ?? stored.listId }),
  );
  try {
    return await updateExport(dependencies, {
      caller,
      exportId,
      action: "attachExport",
      settings:
        settings.subscription === undefined || agree === undefined
          ? settings
          : { ...settings, subscription: { ...settings.subscription, agree } },
      version: input.version ?? stored.version,
    });
  } catch (error) {
    // Here the acknowledgement is not among the settings of subscribing.
    throw error instanceof DomainError && error.field === "/subscription/agree"
      ? new DomainError(error.problem.code, error.problem.params, "/agree")
      : error;
  }
}
