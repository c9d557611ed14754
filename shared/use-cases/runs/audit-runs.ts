import type { AuditEntry } from "../../domain/access/audit";
import { hasEnded } from "../../domain/runs/lifecycle/run-state";
import type { Run } from "../../domain/runs/run";
import { toldOptions } from "../../domain/runs/run-options";
import type { AuditLog, RunStore } from "../../ports";

/**
 * A store of runs that writes into the audit log what becomes of every run: that it was started, if a
 * schedule did so (who starts one over the API is in the log with that request), and that it ended. The
 * entries' ids follow from the run's, so that writing one twice adds nothing.
 */
export function auditRuns(runs: RunStore, audit: Pick<AuditLog, "add">): RunStore {
  async function addEnd(run: Run): Promise<void> {
    if (run.endedAt === undefined) {
      return;
    }
    await audit.add({
      ...entryOf(run),
      auditId: `${run.runId}-ended`,
      at: run.endedAt,
      action: "runEnded",
      source: { kind: "run" },
      outcome: outcomeOf(run),
      code: run.problem?.code ?? run.status,
      after: {
        status: run.status,
        trigger: run.trigger,
        ...toldOptions(run),
        requestedAt: run.requestedAt,
        numbers: run.numbers,
        subscriptions: run.subscribing?.numbers,
      },
    });
  }

  return {
    ...runs,
    async create(run) {
      const created = await runs.create(run);
      if (run.trigger === "scheduled") {
        await audit.add({
          ...entryOf(run),
          auditId: `${run.runId}-started`,
          at: run.requestedAt,
          action: "runStarted",
          source: { kind: "schedule" },
          outcome: "succeeded",
        });
      }
      await addEnd(run);
      return created;
    },
    async end(runId, ending) {
      const ended = await runs.end(runId, ending);
      // Also when it had ended before: the worker that ended it may have died before it wrote the entry.
      const run = await runs.get(runId);
      if (run !== undefined && hasEnded(run)) {
        await addEnd(run);
      }
      return ended;
    },
  };
}

function entryOf({
  runId,
  exportId,
  requestedBy,
}: Run): Pick<AuditEntry, "actor" | "target" | "runId"> {
  return { actor: { userId: requestedBy }, target: { kind: "export", id: exportId }, runId };
}

function outcomeOf({ status }: Run): AuditEntry["outcome"] {
  switch (status) {
    case "successful":
    case "completedWithWarnings":
      return "succeeded";
    case "skipped":
    case "canceled":
      return "refused";
    case "failed":
    case "queued":
    case "running":
      return "failed";
  }
}
