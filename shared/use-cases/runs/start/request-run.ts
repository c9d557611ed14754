import type { Caller } from "../../../domain/access/identity";
import { DomainError } from "../../../domain/problems/problem";
import type { Run } from "../../../domain/runs/run";
import type { ConnectionStore, Log } from "../../../ports";
import { requireAccess } from "../../access/access";
import { getManagedExport } from "../../access/managed-export";
import { requireReconcilable } from "../prepare/reconciliation";
import { startRun, type StartRunDependencies } from "./start-run";

export interface RequestRunDependencies extends StartRunDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly log: Log;
}

/**
 * Starts a run because somebody asks for it. Throws `exportNotFound`, `notPermitted` (also for `resubscribe` and
 * `reconcile`, which are an administrator's), `invalidRequest` on `/resubscribe`, `reconcileUpsert` on `/reconcile`,
 * and `exportRunning`, which names the run that is going.
 */
export async function requestRun(
  dependencies: RequestRunDependencies,
  {
    caller,
    exportId,
    runId,
    reconcile = false,
    resubscribe = false,
    ...options
  }: {
    caller: Caller;
    exportId: string;
    /** Given when the request may be repeated: the run is made once. @default a new id */
    runId?: string;
    reconcile?: boolean;
    resubscribe?: boolean;
  } & Pick<Run, "mode" | "allowMassRemoval">,
): Promise<Run> {
  const found = await getManagedExport(dependencies, caller, exportId, "startRun");
  if (reconcile) {
    requireReconcilable(caller, found);
  }
  if (resubscribe) {
    requireAccess(caller, "resubscribe");
  }
  if (resubscribe && found.subscription === undefined) {
    const reason = "the export does not subscribe its members, so nobody can be subscribed again";
    throw new DomainError("invalidRequest", { reason }, "/resubscribe");
  }
  const run = await startRun(dependencies, {
    ...{ exportId, trigger: "onDemand", caller },
    ...options,
    ...(runId === undefined ? {} : { runId }),
    ...(reconcile ? { reconcile } : {}),
    ...(resubscribe ? { resubscribe } : {}),
  });
  dependencies.log.info("runRequested", {
    ...{ exportId, runId: run.runId, reconcile, resubscribe },
    ...options,
  });
  return run;
}
