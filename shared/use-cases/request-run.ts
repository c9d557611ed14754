import type { Caller } from "../domain/identity";
import type { Run } from "../domain/run";
import type { ConnectionStore, Log } from "../ports";
import { getManagedExport } from "./managed-export";
import { startRun, type StartRunDependencies } from "./start-run";

export interface RequestRunDependencies extends StartRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly log: Log;
}

/**
 * Starts a run because somebody asks for it. Throws `exportNotFound`, `notPermitted`, and `exportRunning`,
 * which names the run that is going.
 */
export async function requestRun(
  dependencies: RequestRunDependencies,
  {
    caller,
    exportId,
    mode,
    runId,
  }: {
    caller: Caller;
    exportId: string;
    mode: Run["mode"];
    /** Given when the request may be repeated: the run is made once. @default a new id */
    runId?: string;
  },
): Promise<Run> {
  await getManagedExport(dependencies, caller, exportId, "startRun");
  const run = await startRun(dependencies, {
    ...{ exportId, trigger: "onDemand", mode, caller },
    ...(runId === undefined ? {} : { runId }),
  });
  dependencies.log.info("runRequested", { exportId, runId: run.runId, mode });
  return run;
}
