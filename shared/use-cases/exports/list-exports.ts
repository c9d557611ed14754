import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import type { RunStatus } from "../../domain/runs/run";
import type { ExportSchedule } from "../../domain/schedules/schedule";
import type { ExportStore, Page, PageRequest, RunStore } from "../../ports";
import { requireAccess } from "../access/access";
import { existingConnection } from "../connections/existing-connection";
import {
  searchedPage,
  wholeListPage,
  type ListedBy,
  type ListSearch,
} from "../paging/searched-page";
import { viewExports, type ExportView, type ViewExportDependencies } from "./view-exports";

/** What exports are looked for by; all that is given must hold. */
interface ExportFilter {
  /** The connection that the export is on. */
  readonly connectionId?: string | undefined;
  readonly listId?: string | undefined;
  /** One of the export's segments. */
  readonly segment?: string | undefined;
  readonly syncMode?: Export["syncMode"] | undefined;
  readonly detached?: boolean | undefined;
  readonly scheduleMode?: ExportSchedule["mode"] | undefined;
  /** The status of the run that was last attempted, or is going. */
  readonly lastRunStatus?: RunStatus | undefined;
}

export type ExportSearch = ListSearch<"displayName" | "createdAt" | "updatedAt", ExportFilter>;

/** Lists all exports: every role may see them. */
export async function listExports(
  dependencies: ViewExportDependencies & { exports: Pick<ExportStore, "list"> },
  { caller, ...search }: { caller: Caller } & ExportSearch,
): Promise<Page<ExportView>> {
  requireAccess(caller, "listExports");
  const list = withLastRuns(dependencies, (page) => dependencies.exports.list(page), search.filter);
  return shown(dependencies, caller, await searchedPage(list, search, listedBy));
}

/**
 * Lists the exports that use a connection, for who wants to remove it. Throws `notPermitted`,
 * `connectionNotFound`.
 */
export async function listConnectionExports(
  dependencies: ViewExportDependencies & { exports: Pick<ExportStore, "listByConnection"> },
  { caller, connectionId, ...search }: { caller: Caller; connectionId: string } & ExportSearch,
): Promise<Page<ExportView>> {
  requireAccess(caller, "listConnectionExports");
  await existingConnection(dependencies.connections, connectionId);
  const all = await dependencies.exports.listByConnection(connectionId);
  const list = withLastRuns(dependencies, async (page) => slice(all.items, page), search.filter);
  const page = await wholeListPage(list, search, listedBy);
  return shown(dependencies, caller, { ...page, ...unreadableOf(all) });
}

const listedBy: ListedBy<Export, "displayName" | "createdAt" | "updatedAt", ExportFilter> = {
  id: ({ exportId }) => exportId,
  name: ({ displayName }) => displayName,
  fields: {
    displayName: ({ displayName }) => displayName,
    createdAt: ({ createdAt }) => createdAt,
    updatedAt: ({ updatedAt }) => updatedAt,
  },
  passes: (item, { connectionId, listId, segment, syncMode, detached, scheduleMode }) =>
    (connectionId === undefined ||
      (item.detached === undefined && item.connectionId === connectionId)) &&
    (listId === undefined || item.listId === listId) &&
    (segment === undefined || item.segments.includes(segment)) &&
    (syncMode === undefined || item.syncMode === syncMode) &&
    (detached === undefined || (item.detached !== undefined) === detached) &&
    (scheduleMode === undefined || item.schedule.mode === scheduleMode),
};

/** The same list, without the exports whose last run has not the status that is asked for. */
function withLastRuns(
  { runs }: { runs: Pick<RunStore, "getMany"> },
  list: (page: PageRequest) => Promise<Page<Export>>,
  { lastRunStatus }: ExportFilter = {},
): (page: PageRequest) => Promise<Page<Export>> {
  if (lastRunStatus === undefined) {
    return list;
  }
  return async (page) => {
    const found = await list(page);
    const lastRuns = await runs.getMany(found.items.flatMap(({ lastRunId }) => lastRunId ?? []));
    const wanted = new Set(
      lastRuns.filter(({ status }) => status === lastRunStatus).map(({ runId }) => runId),
    );
    return { ...found, items: found.items.filter((item) => wanted.has(item.lastRunId ?? "")) };
  };
}

/** A page of what is at hand; its cursor is a position, which never leaves this process. */
function slice(
  all: readonly Export[],
  { limit, after = "0" }: PageRequest,
): { items: readonly Export[]; next?: string } {
  const end = Number(after) + limit;
  return {
    items: all.slice(Number(after), end),
    ...(end < all.length ? { next: String(end) } : {}),
  };
}

async function shown(
  dependencies: ViewExportDependencies,
  caller: Caller,
  page: Page<Export>,
): Promise<Page<ExportView>> {
  return { ...page, items: await viewExports(dependencies, caller, page.items) };
}

function unreadableOf({ unreadable }: Page<Export>): Pick<Page<Export>, "unreadable"> {
  return unreadable === undefined ? {} : { unreadable };
}
