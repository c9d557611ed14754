import type { Caller } from "../../../domain/access/identity";
import type { Run } from "../../../domain/runs/run";
import type { RunOptions } from "../../../domain/runs/run-options";
import type { ConnectionStore, Log } from "../../../ports";
import { getManagedExport } from "../../access/managed-export";
import { checkRunOptions } from "./check-run-options";
import { startRun, type StartRunDependencies } from "./start-run";

export interface RequestRunDependencies extends StartRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly log: Log;
}

/**
 * Starts a run because somebody asks for it. Throws `exportNotFound`, `notPermitted`, what {@link checkRunOptions}
 * throws, and `exportRunning`, which names the run that is going.
 */
export async function requestRun(
  dependencies: RequestRunDependencies,
  {
    caller,
    exportId,
    runId,
    options,
  }: {
    caller: Caller;
    exportId: string;
    /** Given when the request may be repeated: the run is made once. @default a new id */
    runId?: string | undefined;
    options: RunOptions;
  },
): Promise<Run> {
  const found = await getManagedExport(dependencies, caller, exportId, "startRun");
  checkRunOptions(caller, found, options);
  const run = await startRun(dependencies, {
    ...{ exportId, trigger: "onDemand", caller, options },
    runId,
  });
  dependencies.log.info("runRequested", { exportId, runId: run.runId, ...options });
  return run;
}
