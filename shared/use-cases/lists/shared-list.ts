import type { Connection } from "../../domain/connections/connection";
import { NO_CONNECTION, type Export } from "../../domain/exports/export";
import { problem, type Problem } from "../../domain/problems/problem";
import type { ConnectionStore, ExportStore } from "../../ports";
import { everyPage } from "../../domain/paging/every-page";

/**
 * The problem `listMirrored` if an export would share its list with another and one of them mirrors its
 * segments. A mirror takes people off its list whom another export may keep there, so it must be the only
 * export of its list, over whichever of the account's connections. Detached exports do not count until they
 * are attached again. Names the other export: every role may see all exports.
 */
export async function findSharing(
  {
    connections,
    exports,
  }: {
    connections: Pick<ConnectionStore, "list">;
    exports: Pick<ExportStore, "listByConnection">;
  },
  { account }: Pick<Connection, "account">,
  { exportId, listId, syncMode }: Pick<Export, "listId" | "syncMode"> & { exportId?: string },
): Promise<Problem | undefined> {
  for await (const connection of everyPage((page) => connections.list(page))) {
    if (connection.account.id !== account.id || connection.connectionId === NO_CONNECTION) {
      continue;
    }
    const other = (await exports.listByConnection(connection.connectionId)).items.find(
      (found) =>
        found.exportId !== exportId &&
        found.listId === listId &&
        (syncMode === "mirror" || found.syncMode === "mirror"),
    );
    if (other !== undefined) {
      const { displayName } = other;
      return problem("listMirrored", { listId, displayName, exportId: other.exportId });
    }
  }
  return undefined;
}
