import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { isTerminal } from "../../shared/domain/runs/run";
import type { MeasuredSystem, RunAnswer } from "../support/system";

/** A run that has not ended by then never will. */
const PATIENCE_MILLISECONDS = 1_800_000;

const endedSchema = z.object({ runId: z.string() });

/** Waits for the event that announces a run's end: asking the API would cost requests that are not the run's. */
export async function announced(system: MeasuredSystem, runId: string): Promise<void> {
  const { announcements } = system.laptop.environment;
  const giveUpAt = Date.now() + PATIENCE_MILLISECONDS;
  while (
    !announcements.events.some((one) => endedSchema.safeParse(one.detail).data?.runId === runId)
  ) {
    if (Date.now() > giveUpAt) throw new Error("The run has not ended in time.");
    await sleep(50);
  }
}

const timingsSchema = z.object({ timings: z.object({ seconds: z.number() }) });

/** A run that was announced, with the time from its start to its end as it says itself. */
export async function endedRun(
  system: MeasuredSystem,
  runId: string,
): Promise<RunAnswer & { readonly seconds: number }> {
  const run = await system.ended(runId);
  if (!isTerminal(run.status)) throw new Error(`The run is ${run.status}.`);
  return { ...run, seconds: timingsSchema.parse(run).timings.seconds };
}
