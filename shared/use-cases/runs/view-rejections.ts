import type { Caller } from "../../domain/access/identity";
import { fixedReasons } from "../../domain/problems/reasons";
import { DomainError } from "../../domain/problems/problem";
import { hasEnded } from "../../domain/runs/lifecycle/run-state";
import type { ReportedRejection } from "../../domain/runs/rejection";
import type { Run } from "../../domain/runs/run";
import type { Clock, ConnectionStore, Log, PlacedRejection, RunFiles, RunStore } from "../../ports";
import { requireAccess, requireAccessOn } from "../access/access";
import { getRun } from "./view-runs";

interface ReportDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly runs: Pick<RunStore, "get">;
}

interface RunNamed {
  readonly caller: Caller;
  readonly runId: string;
}

/** Links to a report can be used so long: long enough to click it, too short to be passed round. */
const LINK_SECONDS = 15 * 60;

export interface RejectionsLink {
  readonly url: string;
  /** A link to the report of values that profiles went without, if any did. */
  readonly droppedValues?: string | undefined;
  readonly expiresAt: string;
}

/**
 * A link to download a run's rejection report. Throws `notPermitted`, `runNotFound`, `reportNotAvailable`,
 * `reportExpired`.
 */
export async function getRejections(
  dependencies: ReportDependencies & {
    readonly files: Pick<RunFiles, "reportLink">;
    readonly clock: Pick<Clock, "now">;
    readonly log: Log;
  },
  { caller, runId }: RunNamed,
): Promise<RejectionsLink> {
  const { files, clock, log } = dependencies;
  const run = await reportedRun(dependencies, "downloadRejections", { caller, runId });
  const expiresAt = new Date(clock.now().getTime() + LINK_SECONDS * 1_000).toISOString();
  const url = await files.reportLink(run.report, LINK_SECONDS);
  if (url === undefined) {
    throw reportExpired(runId);
  }
  log.info("rejectionsLinked", { runId, userId: caller.userId });
  const droppedValues =
    run.droppedReport === undefined
      ? undefined
      : await files.reportLink(run.droppedReport, LINK_SECONDS);
  return { url, droppedValues, expiresAt };
}

/** What rows of a report are looked for by; all that is given must hold. */
export interface RejectionFilter {
  readonly code?: string | undefined;
  readonly category?: ReportedRejection["category"] | undefined;
  readonly segment?: string | undefined;
}

export interface RejectionPage {
  readonly items: readonly ReportedRejection[];
  /** The place in the report where the next page begins. */
  readonly next?: number;
}

/** Rows that are read in search of one page, within the 29 seconds of a request; a filter that lets few through may make a page short, never wrong. */
const MOST_SEARCHED = 20_000;

/**
 * A page of a run's rejected rows in the report's order, of which no more is read than the page needs. Throws
 * what {@link getRejections} does, and `invalidRequest` for a place where no row begins.
 */
export async function listRejections(
  dependencies: ReportDependencies & { readonly files: Pick<RunFiles, "rejectionRows"> },
  {
    limit,
    after = 0,
    filter,
    ...named
  }: RunNamed & {
    readonly limit: number;
    readonly after?: number | undefined;
    readonly filter: RejectionFilter;
  },
): Promise<RejectionPage> {
  const items: ReportedRejection[] = [];
  let searched = 0;
  let next = after;
  for await (const placed of await rowsOf(dependencies, "listRejections", named, after)) {
    const isWanted = passes(placed.row, filter);
    // Another row follows that is wanted, or is not looked at any more.
    if ((isWanted && items.length === limit) || searched === MOST_SEARCHED) {
      return { items, next };
    }
    searched += 1;
    next = placed.next;
    if (isWanted) {
      items.push(placed.row);
    }
  }
  return { items };
}

export interface RejectionCounts {
  /** The most frequent code first. */
  readonly counts: readonly { readonly code: string; readonly rows: number }[];
  /** Whether every row was counted: a report may be too large for the time that a request has. */
  readonly complete: boolean;
}

/** Rows and codes that are counted within the 29 seconds of a request, also by a small function. */
const MOST_COUNTED = 50_000;
const MOST_CODES = 500;

/**
 * How many rows a run has rejected for which reason: as the run keeps it, else counted from its report. Throws what {@link getRejections} does.
 */
export async function countRejections(
  dependencies: ReportDependencies & { readonly files: Pick<RunFiles, "rejectionRows"> },
  named: RunNamed,
): Promise<RejectionCounts> {
  const { rejectionCounts } = await reportedRun(dependencies, "countRejections", named);
  if (rejectionCounts !== undefined) {
    return { counts: rejectionCounts, complete: true };
  }
  const rows = new Map<string, number>();
  let counted = 0;
  let complete = true;
  for await (const { row } of await rowsOf(dependencies, "countRejections", named, 0)) {
    if (counted === MOST_COUNTED || (rows.size === MOST_CODES && !rows.has(row.code))) {
      complete = false;
      break;
    }
    rows.set(row.code, (rows.get(row.code) ?? 0) + 1);
    counted += 1;
  }
  const counts = [...rows].map(([code, number]) => ({ code, rows: number }));
  return { counts: counts.sort((one, other) => other.rows - one.rows), complete };
}

function passes(row: ReportedRejection, { code, category, segment }: RejectionFilter): boolean {
  return (
    (code === undefined || row.code === code) &&
    (category === undefined || row.category === category) &&
    (segment === undefined || row.segment === segment)
  );
}

async function rowsOf(
  dependencies: ReportDependencies & { readonly files: Pick<RunFiles, "rejectionRows"> },
  action: "listRejections" | "countRejections",
  named: RunNamed,
  from: number,
): Promise<AsyncIterable<PlacedRejection>> {
  const { report } = await reportedRun(dependencies, action, named);
  const rows = await dependencies.files.rejectionRows(report, from);
  if (rows === undefined) {
    throw reportExpired(named.runId);
  }
  return rows;
}

/**
 * A run that has a report. It takes a contributor with whom the run's connection is shared now, because the report
 * holds personal data, which viewers are not shown anywhere.
 */
async function reportedRun(
  dependencies: ReportDependencies,
  action: "downloadRejections" | "listRejections" | "countRejections",
  { caller, runId }: RunNamed,
): Promise<Run & { readonly report: string }> {
  requireAccess(caller, action);
  const run = await getRun(dependencies, { caller, runId });
  const connection = await dependencies.connections.get(run.settings.connectionId);
  requireAccessOn(caller, action, connection);
  const { report } = run;
  if (report === undefined) {
    const reason = hasEnded(run) ? fixedReasons.endedUnwritten : fixedReasons.runGoing;
    throw new DomainError("reportNotAvailable", { runId, reason });
  }
  return { ...run, report };
}

/** Reports are kept for a shorter time than runs are. */
function reportExpired(runId: string): DomainError {
  return new DomainError("reportExpired", { runId });
}
