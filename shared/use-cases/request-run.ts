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
    ...options
  }: { caller: Caller; exportId: string } & Pick<Run, "mode" | "allowMassRemoval">,
): Promise<Run> {
  await getManagedExport(dependencies, caller, exportId, "startRun");
  const run = await startRun(dependencies, {
    exportId,
    trigger: "onDemand",
    caller,
    ...options,
  });
  dependencies.log.info("runRequested", { exportId, runId: run.runId, ...options });
  return run;
}
