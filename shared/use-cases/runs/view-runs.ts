import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { hasEnded } from "../../domain/runs/lifecycle/run-state";
import type { AllRunsFilter, Run, RunFilter } from "../../domain/runs/run";
import type {
  Clock,
  ConnectionStore,
  ExportStore,
  Log,
  Page,
  PageRequest,
  RunFiles,
  RunStore,
} from "../../ports";
import { requireAccess, requireAccessOn } from "../access/access";

export interface ListRunsInput {
  readonly caller: Caller;
  readonly exportId: string;
  readonly page: PageRequest;
  readonly filter?: RunFilter;
  readonly sort?: "requestedAt" | "-requestedAt";
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

/** How long a link to a report can be used: long enough to click it, too short to be passed round. */
const LINK_SECONDS = 15 * 60;

export interface RejectionsLink {
  readonly url: string;
  /** A link to the report of values that profiles went without, if any did. */
  readonly droppedValues?: string | undefined;
  readonly expiresAt: string;
}

/**
 * A link to download a run's rejection report. It takes a contributor with whom the run's connection is shared now,
 * because the report holds personal data, which viewers are not shown anywhere. Throws `notPermitted`, `runNotFound`,
 * `reportNotAvailable`, `reportExpired`.
 */
export async function getRejections(
  dependencies: {
    connections: Pick<ConnectionStore, "get">;
    runs: Pick<RunStore, "get">;
    files: Pick<RunFiles, "reportLink">;
    clock: Pick<Clock, "now">;
    log: Log;
  },
  { caller, runId }: { caller: Caller; runId: string },
): Promise<RejectionsLink> {
  requireAccess(caller, "downloadRejections");
  const { connections, files, clock, log } = dependencies;
  const run = await getRun(dependencies, { caller, runId });
  const connection = await connections.get(run.settings.connectionId);
  requireAccessOn(caller, "downloadRejections", connection);
  if (run.report === undefined) {
    const reason = hasEnded(run) ? "it ended before one was written" : "it has not ended";
    throw new DomainError("reportNotAvailable", { runId, reason });
  }
  const expiresAt = new Date(clock.now().getTime() + LINK_SECONDS * 1_000).toISOString();
  const url = await files.reportLink(run.report, LINK_SECONDS);
  if (url === undefined) {
    // Reports are kept for a shorter time than runs are.
    throw new DomainError("reportExpired", { runId });
  }
  log.info("rejectionsLinked", { runId, userId: caller.userId });
  const droppedValues =
    run.droppedReport === undefined
      ? undefined
      : await files.reportLink(run.droppedReport, LINK_SECONDS);
  return { url, droppedValues, expiresAt };
}
