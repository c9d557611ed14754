import type { Connection } from "../../domain/connections/connection";
import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { Run } from "../../domain/runs/run";
import type { SegmentWait } from "../../domain/schedules/refresh-decision";
import { followedRefreshes } from "../../domain/schedules/schedule";
import type {
  Calendar,
  Clock,
  ConnectionStore,
  ExportStore,
  RunStore,
  SegmentDescriptions,
  SettingsStore,
} from "../../ports";
import { ifReadable } from "../paging/if-readable";
import { nextRunOf } from "../schedules/next-run";
import {
  openQuestions,
  type OpenQuestions,
  type OpenQuestionsDependencies,
} from "./open-questions";
import { segmentsOverLimit, type OverLimit } from "./over-limit";
import { mayOn, permissionsOnExport, requireAccess, type ExportPermission } from "../access/access";

/** An export as everybody may see it, with what this caller may do with it. */
export interface ExportView {
  readonly export: Export;
  /** Absent when there is none, or when it is not shared with the caller. */
  readonly connection?: Pick<Connection, "displayName" | "type">;
  readonly permissions: readonly ExportPermission[];
  /** When the export runs next by itself; absent when it does not. */
  readonly nextRun?: Date | undefined;
  /**
   * The run that was last attempted, or is going, whichever way it was started. A start that was skipped
   * because this one was going does not take its place. Absent before the first run, and when it has expired.
   */
  readonly lastRun?: Run | undefined;
  /** What an export waits for that follows its segments' refreshes, as it was found last. */
  readonly waitingFor?: readonly SegmentWait[];
  /** Segments that are larger than the connection allows; of an export that is shown alone. */
  readonly overLimit?: readonly OverLimit[];
  /** What the mapping has yet to say; of an export that is shown alone. */
  readonly questions?: OpenQuestions;
}

export interface ViewExportDependencies extends OpenQuestionsDependencies {
  readonly descriptions: Pick<SegmentDescriptions, "readings" | "refreshes">;
  readonly connections: Pick<ConnectionStore, "get">;
  readonly runs: Pick<RunStore, "getMany">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly calendar: Calendar;
  readonly clock: Clock;
}

/** Adds to an export its runs, what this caller may do with it, and what its mapping has yet to say. */
export async function viewExport(
  dependencies: ViewExportDependencies,
  caller: Caller,
  shown: Export,
): Promise<ExportView> {
  const [[view], questions, connection] = await Promise.all([
    viewExports(dependencies, caller, [shown]),
    openQuestions(dependencies, shown),
    ifReadable(() => dependencies.connections.get(shown.connectionId)),
  ]);
  const overLimit =
    connection === undefined
      ? []
      : await segmentsOverLimit(dependencies, shown.segments, connection);
  return { ...(view ?? { export: shown, permissions: [] }), questions, overLimit };
}

/** Throws `exportNotFound`. */
export async function getExport(
  dependencies: ViewExportDependencies & { exports: Pick<ExportStore, "get"> },
  { caller, exportId }: { caller: Caller; exportId: string },
): Promise<ExportView> {
  requireAccess(caller, "viewExport");
  const found = await dependencies.exports.get(exportId);
  if (found === undefined) {
    throw new DomainError("exportNotFound", { exportId });
  }
  return viewExport(dependencies, caller, found);
}

/** Adds to each of several exports its runs and what this caller may do with it. */
export async function viewExports(
  dependencies: ViewExportDependencies,
  caller: Caller,
  exports: readonly Export[],
): Promise<readonly ExportView[]> {
  const { connections, runs, settings } = dependencies;
  const used = [...new Set(exports.map(({ connectionId }) => connectionId))];
  const [system, lastRuns, ...found] = await Promise.all([
    settings.getSystemSchedule(),
    runs.getMany(exports.flatMap(({ lastRunId }) => lastRunId ?? [])),
    ...used.map((connectionId) => ifReadable(() => connections.get(connectionId))),
  ]);
  const connectionsById = new Map(used.map((connectionId, index) => [connectionId, found[index]]));
  const runsById = new Map(lastRuns.map((run) => [run.runId, run]));
  return exports.map((shown) => {
    const connection = connectionsById.get(shown.connectionId);
    // A detached export keeps its schedule and does not run.
    const nextRun =
      shown.detached === undefined ? nextRunOf(dependencies, shown.schedule, system) : undefined;
    const lastRun = runsById.get(shown.lastRunId ?? "");
    return {
      export: shown,
      ...(connection === undefined || !mayOn(caller, "viewConnectionName", connection)
        ? {}
        : { connection: { displayName: connection.displayName, type: connection.type } }),
      permissions: permissionsOnExport(caller, connection),
      nextRun,
      lastRun,
      ...(shown.detached === undefined && followedRefreshes(shown, system) !== undefined
        ? { waitingFor: shown.following?.waitingFor ?? [] }
        : {}),
    };
  });
}
