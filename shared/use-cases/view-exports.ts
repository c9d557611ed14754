import type { Connection } from "../domain/connection";
import type { Export } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type { ConnectionStore, ExportStore, Page, PageRequest } from "../ports";
import { mayOn, permissionsOnExport, requireAccess, type ExportPermission } from "./access";

/** An export as everybody may see it, with what this caller may do with it. */
export interface ExportView {
  readonly export: Export;
  /** Absent when there is none, or when it is not shared with the caller. */
  readonly connection?: Pick<Connection, "displayName" | "type">;
  readonly permissions: readonly ExportPermission[];
}

interface ConnectionLookup {
  readonly connections: Pick<ConnectionStore, "get">;
}

/** Adds to an export what this caller may do with it. */
export async function viewExport(
  { connections }: ConnectionLookup,
  caller: Caller,
  shown: Export,
): Promise<ExportView> {
  return view(caller, shown, await connections.get(shown.connectionId));
}

/** Lists all exports: every role may see them. */
export async function listExports(
  { exports, connections }: ConnectionLookup & { exports: Pick<ExportStore, "list"> },
  { caller, page }: { caller: Caller; page: PageRequest },
): Promise<Page<ExportView>> {
  requireAccess(caller, "listExports");
  const found = await exports.list(page);
  const used = [...new Set(found.items.map(({ connectionId }) => connectionId))];
  const connectionsById = new Map(
    await Promise.all(used.map(async (id) => [id, await connections.get(id)] as const)),
  );
  return {
    items: found.items.map((shown) => view(caller, shown, connectionsById.get(shown.connectionId))),
    ...(found.next === undefined ? {} : { next: found.next }),
  };
}

/** Throws `exportNotFound`. */
export async function getExport(
  { exports, connections }: ConnectionLookup & { exports: Pick<ExportStore, "get"> },
  { caller, exportId }: { caller: Caller; exportId: string },
): Promise<ExportView> {
  requireAccess(caller, "viewExport");
  const found = await exports.get(exportId);
  if (found === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  return viewExport({ connections }, caller, found);
}

function view(caller: Caller, shown: Export, connection: Connection | undefined): ExportView {
  return {
    export: shown,
    ...(connection === undefined || !mayOn(caller, "viewConnectionName", connection)
      ? {}
      : { connection: { displayName: connection.displayName, type: connection.type } }),
    permissions: permissionsOnExport(caller, connection),
  };
}
