import {
  stateOf,
  type Connection,
  type ConnectionState,
} from "../../domain/connections/connection";
import type { ConnectionPermission } from "../../domain/access/access-table";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { ConnectionStore, Page, PageRequest } from "../../ports";
import { isFiltered, searchedPage, type ListSearch } from "../paging/searched-page";
import { mayOn, mayUseConnection, permissionsOnConnection, requireAccess } from "../access/access";

/** A connection as its caller may see it: whole, or only what is needed to choose it for an export. */
export type ConnectionView =
  | { kind: "full"; connection: Connection }
  | {
      kind: "summary";
      connection: Pick<Connection, "connectionId" | "displayName" | "type">;
      /** What the caller may do with it, which its sharing decides: that is not shown. */
      permissions: readonly ConnectionPermission[];
    };

/** The connection as this caller may see it; undefined when it is not shared with them. */
function viewConnection(caller: Caller, connection: Connection): ConnectionView | undefined {
  if (!mayUseConnection(caller, connection)) {
    return undefined;
  }
  const { connectionId, displayName, type } = connection;
  return mayOn(caller, "viewConnectionDetails", connection)
    ? { kind: "full", connection }
    : {
        kind: "summary",
        connection: { connectionId, displayName, type },
        permissions: permissionsOnConnection(caller, connection),
      };
}

/** What connections are looked for by; all that is given must hold. */
export interface ConnectionFilter {
  readonly state?: ConnectionState | undefined;
  readonly sharing?: Connection["sharing"] | undefined;
}

/**
 * Lists the connections that the caller may use. Throws `notPermitted` for viewers, and when somebody
 * filters by what they are not shown, since the answer would tell it.
 */
export async function listConnections(
  { connections }: { connections: Pick<ConnectionStore, "list"> },
  {
    caller,
    ...search
  }: { caller: Caller } & ListSearch<"displayName" | "createdAt", ConnectionFilter>,
): Promise<Page<ConnectionView>> {
  requireAccess(caller, "listConnections");
  if (isFiltered(search.filter)) {
    requireAccess(caller, "viewConnectionDetails");
  }
  return searchedPage((page) => visiblePage(connections, caller, page), search, {
    id: ({ connection }) => connection.connectionId,
    name: ({ connection }) => connection.displayName,
    fields: {
      displayName: ({ connection }) => connection.displayName,
      // A contributor is not told when a connection was made, but ids sort by that too.
      createdAt: ({ connection }) => connection.connectionId,
    },
    passes: (view, { state, sharing }) =>
      view.kind === "full" &&
      (state === undefined || stateOf(view.connection) === state) &&
      (sharing === undefined || view.connection.sharing === sharing),
  });
}

async function visiblePage(
  connections: Pick<ConnectionStore, "list">,
  caller: Caller,
  page: PageRequest,
): Promise<Page<ConnectionView>> {
  const items: ConnectionView[] = [];
  const unreadable: string[] = [];
  let after = page.after;
  // Connections that the caller may not see make the store's pages shorter: more are read to fill them.
  do {
    const found = await connections.list({
      limit: page.limit - items.length,
      after,
    });
    unreadable.push(...(found.unreadable ?? []));
    for (const connection of found.items) {
      const view = viewConnection(caller, connection);
      if (view !== undefined) {
        items.push(view);
      }
    }
    after = found.next;
  } while (after !== undefined && items.length < page.limit);
  return {
    items,
    ...(unreadable.length === 0 ? {} : { unreadable }),
    next: after,
  };
}

/** Throws `notPermitted` for viewers, `connectionNotFound` also for what is not shared with the caller. */
export async function getConnection(
  { connections }: { connections: Pick<ConnectionStore, "get"> },
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<ConnectionView> {
  requireAccess(caller, "viewConnection");
  const connection = await connections.get(connectionId);
  const view = connection === undefined ? undefined : viewConnection(caller, connection);
  if (view === undefined) {
    throw new DomainError("connectionNotFound", { connectionId });
  }
  return view;
}
