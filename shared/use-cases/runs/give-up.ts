import type { Problem } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, RunStore } from "../../ports";
import { noteProblem } from "../klaviyo/connection-findings";
import type { PlannedRun } from "./planned-run";
import {
  settleChunk,
  settleUnlessSent,
  unsentOutcome,
  type SettleChunkDependencies,
} from "./settle-chunk";

export interface GiveUpDependencies extends SettleChunkDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly runs: SettleChunkDependencies["runs"] & Pick<RunStore, "stop">;
  readonly clock: Pick<Clock, "now">;
}

/** Has nothing more of a run sent; if that is for the sake of its connection's key, it is written on the connection. */
export async function stopSending(
  dependencies: Pick<GiveUpDependencies, "connections" | "clock"> & {
    readonly runs: Pick<RunStore, "stop">;
  },
  { runId, settings }: PlannedRun,
  reason: Problem,
): Promise<void> {
  await dependencies.runs.stop(runId, reason);
  await noteProblem(dependencies, settings.connectionId, reason, "run");
}

/**
 * Counts chunks as unsent of which nothing becomes. `whatever`: also one that Klaviyo has, when it can't be asked any
 * more what became of it. `unlessSent`: what Klaviyo has is left to the confirmation, which finds that out.
 */
export async function giveUp(
  dependencies: SettleChunkDependencies,
  run: PlannedRun,
  chunks: readonly number[],
  reason: Problem,
  which: "whatever" | "unlessSent",
): Promise<void> {
  const settle = which === "whatever" ? settleChunk : settleUnlessSent;
  for (const chunk of chunks) {
    await settle(dependencies, run, chunk, unsentOutcome(run, chunk, reason));
  }
}
