import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import type { AllRunsFilter, Run, RunFilter } from "../../domain/runs/run";
import type { ExportStore, Page, PageRequest, RunStore } from "../../ports";
import { requireAccess } from "../access/access";

export interface ListRunsInput {
  readonly caller: Caller;
  readonly exportId: string;
  readonly page: PageRequest;
  readonly filter?: RunFilter;
  readonly sort?: "requestedAt" | "-requestedAt" | undefined;
}

/**
 * Lists an export's runs, newest first unless it is asked for otherwise; also those of an export that was
 * deleted. Throws `exportNotFound`.
 */
export async function listRuns(
  dependencies: { exports: Pick<ExportStore, "get">; runs: Pick<RunStore, "listByExport"> },
  { caller, exportId, page, filter, sort }: ListRunsInput,
): Promise<Page<Run>> {
  requireAccess(caller, "listRuns");
  const oldestFirst = sort === "requestedAt";
  const found = await dependencies.runs.listByExport(exportId, page, { ...filter, oldestFirst });
  if (found.items.length === 0 && !(await isKnown(dependencies, exportId))) {
    throw new DomainError("exportNotFound", { exportId });
  }
  return found;
}

/** Lists the runs of all exports, also of those that were deleted; newest first unless it is asked for otherwise. */
export async function listAllRuns(
  { runs }: { runs: Pick<RunStore, "list"> },
  {
    caller,
    page,
    filter,
    sort,
  }: Omit<ListRunsInput, "exportId" | "filter"> & { readonly filter?: AllRunsFilter },
): Promise<Page<Run>> {
  requireAccess(caller, "listAllRuns");
  return runs.list(page, { ...filter, oldestFirst: sort === "requestedAt" });
}

/** Whether there is such an export, or was one whose runs are still kept. */
async function isKnown(
  { exports, runs }: { exports: Pick<ExportStore, "get">; runs: Pick<RunStore, "listByExport"> },
  exportId: string,
): Promise<boolean> {
  return (
    (await exports.get(exportId)) !== undefined ||
    (await runs.listByExport(exportId, { limit: 1 })).items.length > 0
  );
}

/** Throws `runNotFound`. */
export async function getRun(
  { runs }: { runs: Pick<RunStore, "get"> },
  { caller, runId }: { caller: Caller; runId: string },
): Promise<Run> {
  requireAccess(caller, "viewRun");
  const run = await runs.get(runId);
  if (run === undefined) {
    throw new DomainError("runNotFound", { runId });
  }
  return run;
}
