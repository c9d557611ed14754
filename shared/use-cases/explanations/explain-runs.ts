import type { ExplainedRun, RunVerdict } from "../../domain/explanations/explanation";
import { isTerminal, type Run } from "../../domain/runs/run";
import type { Clock, RunStore, RunTraces, TracedFate } from "../../ports";
import { accountingRequest, outcomesOf } from "../runs/settle/accounting-request";

export interface ExplainRunsDependencies {
  readonly runs: Pick<RunStore, "listChunks" | "listByExport">;
  readonly traces: RunTraces;
  readonly clock: Pick<Clock, "now">;
}

/** So many of the export's last runs are told of. */
const RUNS_TOLD = 5;

/** What the export's last runs made of an address, newest first; those that there is no time for are not looked into. */
export async function explainRuns(
  dependencies: ExplainRunsDependencies,
  exportId: string,
  email: string,
  until: Date,
): Promise<ExplainedRun[]> {
  const { runs, clock } = dependencies;
  const { items } = await runs.listByExport(exportId, { limit: RUNS_TOLD });
  const told: ExplainedRun[] = [];
  for (const run of items) {
    const { runId, requestedAt, status, settings, problem } = run;
    const verdict: RunVerdict =
      clock.now() < until ? await verdictOf(dependencies, run, email) : { kind: "notSearched" };
    told.push({ runId, requestedAt, status, listId: settings.listId, problem, verdict });
  }
  return told;
}

async function verdictOf(
  { runs, traces }: ExplainRunsDependencies,
  run: Run,
  email: string,
): Promise<RunVerdict> {
  const { plan } = run;
  if (plan === undefined) {
    return isTerminal(run.status) ? { kind: "notRun", problem: run.problem } : { kind: "underWay" };
  }
  const outcomes = await outcomesOf(runs, run.runId);
  const traced = await traces.fateOf(accountingRequest({ ...run, plan }, outcomes), email);
  switch (traced.kind) {
    case "expired":
    case "notMember":
    case "invalid":
      return { kind: traced.kind };
    case "leaver":
      return ofLeaver(run, traced);
    case "member":
      return ofMember(run, traced);
  }
}

function ofLeaver(run: Run, { fate }: Extract<TracedFate, { kind: "leaver" }>): RunVerdict {
  switch (fate) {
    case "gone":
      return { kind: "removed" };
    case "kept":
      return { kind: "leftAlone" };
    case "unremoved":
      if (run.problem?.code === "removalGuard") {
        return { kind: "heldBack" };
      }
      return { kind: isTerminal(run.status) ? "removalUnconfirmed" : "underWay" };
  }
}

function ofMember(
  { status }: Run,
  { fate, known, code, detail }: Extract<TracedFate, { kind: "member" }>,
): RunVerdict {
  switch (fate) {
    case "unchanged":
      return { kind: "unchanged" };
    case "imported":
      return { kind: known ? "changed" : "new" };
    case "refused":
      return { kind: "refused", code: code ?? "", text: detail ?? "" };
    case "unsent":
      return { kind: isTerminal(status) ? "notConfirmed" : "underWay" };
  }
}
