import type { Caller } from "../../../domain/access/identity";
import { requestedRunId } from "../../../domain/schedules/schedule";
import type { ConnectionStore, ExportStore, IdGenerator, Log, StartQueue } from "../../../ports";
import { permissionsOnExport, requireAccess } from "../../access/access";
import { everyPage } from "../../../domain/paging/every-page";
import { ifReadable } from "../../paging/if-readable";

export interface RunAllDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "list">;
  readonly starts: StartQueue;
  readonly ids: IdGenerator;
  readonly log: Log;
}

/** A run that is about to start. */
export interface RequestedRun {
  readonly exportId: string;
  readonly runId: string;
}

/**
 * Starts all exports whose schedule is not off and which the caller may run, and returns their runs to be;
 * they exist moments later. An export that is running goes on running, and gets no further run. Throws
 * `notPermitted`.
 */
export async function runAll(
  { connections, exports, starts, ids, log }: RunAllDependencies,
  {
    caller,
    seed,
  }: {
    caller: Caller;
    /** Given when the request may be repeated: the runs' ids follow from it, so each is made once. */
    seed?: string | undefined;
  },
): Promise<readonly RequestedRun[]> {
  requireAccess(caller, "runAll");
  const connectionsById = new Map<string, ReturnType<typeof connections.get>>();
  const connectionOf = (connectionId: string): ReturnType<typeof connections.get> => {
    const connection =
      connectionsById.get(connectionId) ?? ifReadable(() => connections.get(connectionId));
    connectionsById.set(connectionId, connection);
    return connection;
  };
  const requested: (RequestedRun & { connectionId: string })[] = [];
  for await (const { exportId, connectionId, schedule } of everyPage((page) =>
    exports.list(page),
  )) {
    const permissions = permissionsOnExport(caller, await connectionOf(connectionId));
    if (schedule.mode !== "off" && permissions.includes("run")) {
      requested.push({
        exportId,
        connectionId,
        runId: seed === undefined ? ids.next() : requestedRunId(seed, exportId),
      });
    }
  }
  await starts.start(
    requested.map((run) => ({ ...run, requestedBy: caller.userId, role: caller.role })),
  );
  log.info("allExportsRequested", { exports: requested.length });
  return requested.map(({ exportId, runId }) => ({ exportId, runId }));
}
