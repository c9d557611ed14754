import Badge from "@cloudscape-design/components/badge";
import type { ExportAnswer } from "../../api/queries/exports";
import { Instant } from "../../parts/instant";
import type { ListColumn } from "../../parts/list/list-columns";
import { RouteLink } from "../../parts/route-link";
import { RunStatusIndicator } from "../../parts/run-status";
import type { Texts } from "../../texts/texts";

/** The columns that the list can show, in their order. */
const columnIds = [
  ...(["name", "segments", "connection", "list", "lastRun", "status", "nextRun"] as const),
  ...(["schedule", "syncMode", "updated"] as const),
] as const;
type ColumnId = (typeof columnIds)[number];

/** Those that are shown only to who chooses them. */
const extra: ReadonlySet<ColumnId> = new Set(["schedule", "syncMode", "updated"]);

/** What each column shows of an export. */
export function exportColumns({
  exports: words,
  common,
}: Texts): readonly ListColumn<ExportAnswer>[] {
  const cells: Readonly<Record<ColumnId, (shown: ExportAnswer) => React.ReactNode>> = {
    name: ({ exportId, displayName, detached }) => (
      <>
        <RouteLink href={`/exports/${exportId}`}>{displayName}</RouteLink>
        {detached !== undefined && (
          <>
            {" "}
            <Badge color="grey">{words.detached}</Badge>
          </>
        )}
      </>
    ),
    segments: ({ segments }) => segments.join(", "),
    connection: ({ connection }) => connection?.displayName ?? common.states.none,
    list: ({ listName, listId }) => listName ?? listId,
    lastRun: ({ lastRun }) =>
      lastRun === null ? (
        common.states.never
      ) : (
        <RouteLink href={`/runs/${lastRun.runId}`}>
          <Instant at={lastRun.startedAt ?? lastRun.requestedAt} />
        </RouteLink>
      ),
    status: ({ lastRun }) =>
      lastRun === null ? common.states.none : <RunStatusIndicator status={lastRun.status} />,
    nextRun: ({ nextRun, schedule }) =>
      nextRun === null ? words.scheduleModes[schedule.mode] : <Instant at={nextRun} />,
    schedule: ({ schedule }) => words.scheduleModes[schedule.mode],
    syncMode: ({ syncMode }) => words.syncModes[syncMode],
    updated: ({ updatedAt }) => <Instant at={updatedAt} />,
  };
  return columnIds.map((id) => ({
    id,
    header: words.columns[id],
    cell: cells[id],
    isRowHeader: id === "name",
    isExtra: extra.has(id),
  }));
}
