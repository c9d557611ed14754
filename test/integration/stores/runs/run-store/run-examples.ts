import { problem } from "../../../../../shared/domain/problems/problem";
import {
  noNumbers,
  noRemovals,
  type RunResult,
  type RunNumbers,
  type RunPlan,
} from "../../../../../shared/domain/runs/run";
import type { RunEnding } from "../../../../../shared/domain/runs/lifecycle/run-transitions";
import type { RunStore } from "../../../../../shared/ports";
import { anInstant, aPlan, aRun } from "../../../../support/builders";

export const at = (seconds: number): Date => new Date(Date.parse(anInstant) + seconds * 1_000);
export const iso = (seconds: number): string => at(seconds).toISOString();
export const numbers: RunNumbers = { ...noNumbers, rows: 12, blank: 1, invalid: 1, members: 10 };
export const result: RunResult = {
  numbers: { ...numbers, imported: 9, refused: 1 },
  removals: noRemovals,
  leftOut: { refused: [{ attribute: "phone_number", count: 2 }], ignored: [] },
  ...{ reportKey: "reports/run-1/rejections.csv", snapshotKey: "snapshots/export-1/run-1" },
};

/** Endings at the second. */
export const failed = (seconds: number): RunEnding => ({
  ...({ kind: "unplanned", status: "failed" } as const),
  at: at(seconds),
});
export const concluded = (seconds: number): RunEnding => ({
  ...({ kind: "concluded", status: "completedWithWarnings" } as const),
  at: at(seconds),
  ...{ numbers: result.numbers, removals: result.removals, report: result.reportKey },
  warnings: [problem("subscriptionsUnsettled")],
});
export const unsettled = (seconds: number, removals = noRemovals): RunEnding => ({
  ...({ kind: "unsettled", status: "failed" } as const),
  ...{ at: at(seconds), numbers, removals, problem: problem("internalError") },
});

/** Makes the run, unless it is there, and plans it at the first second. */
export async function planned(store: RunStore, plan: RunPlan = aPlan()): Promise<void> {
  await store.create(aRun());
  await store.beginPreparing("run-1", at(1));
  await store.plan("run-1", plan, numbers, at(1));
}

export async function settleAll(store: RunStore, chunks: number): Promise<void> {
  for (let chunk = 1; chunk <= chunks; chunk += 1) {
    await store.settleChunk("run-1", chunk, { imported: 0, refused: 0, unsent: 0 }, at(1));
  }
}
