import type { SubscriptionProgress } from "../../exports/subscription";
import {
  isTerminal,
  plannedChunks,
  type Run,
  type RunResult,
  type RunPlan,
  type TerminalStatus,
} from "../run";

/** A run that is going and whose rows are staged. */
export type PlannedRun = Run & { readonly plan: RunPlan };
export type AccountedRun = PlannedRun & { readonly result: RunResult };
/** One that an older version has brought so far may not be accounted for. */
type SubscribingRun = PlannedRun & { readonly subscribing: SubscriptionProgress };
export type EndedRun = Run & { readonly status: TerminalStatus };

/**
 * Where a run is. It goes through the states in this order, leaves some out, and never goes back. `run.stop` is a mark
 * on any of them: nothing more is staged or sent, and what Klaviyo has is waited for. {@link runStates} says what each
 * is.
 */
export type RunState =
  | { readonly kind: "queued" | "preparing"; readonly run: Run }
  | { readonly kind: ChunksUnsettledKind | "settling"; readonly run: PlannedRun }
  | { readonly kind: "accounted"; readonly run: AccountedRun }
  | { readonly kind: "subscribing" | "subscribed"; readonly run: SubscribingRun }
  | { readonly kind: "ended" | "announced"; readonly run: EndedRun };
export type RunStateKind = RunState["kind"];

/** The states of a run, in their order. */
export const runStates = {
  queued: "nobody has begun with it",
  preparing: "its segments are being read",
  staging:
    "its rows are staged, its chunks are being built, and those that are staged are being imported",
  importing: "all chunks are staged, or nothing more is; not all to import have their fate",
  removalDue: "all to import have their fate, and others are to be taken off the list",
  removing: "the removal chunks are on their way",
  settling: "the fate of every chunk is known",
  accounted: "the report and the snapshot are written, and the run keeps what they say",
  subscribing: "batches of members are to be subscribed",
  subscribed: "all batches are over",
  ended: "it has its terminal status",
  announced: "others have been told of its end",
} as const satisfies Record<RunStateKind, string>;

/** Some of its chunks have no fate yet. */
export const chunksUnsettledKinds = ["staging", "importing", "removalDue", "removing"] as const;
type ChunksUnsettledKind = (typeof chunksUnsettledKinds)[number];

/** All of its chunks have their fate, and it has not ended. */
export const chunksSettledKinds = ["settling", "accounted", "subscribing", "subscribed"] as const;

export function hasEnded(run: Run): run is EndedRun {
  return isTerminal(run.status);
}

/** The state of a run; the one place that tells it from what is stored. */
export function stateOf(run: Run): RunState {
  if (hasEnded(run)) {
    return { kind: run.announced === true ? "announced" : "ended", run };
  }
  const { plan, result, subscribing } = run;
  if (plan === undefined) {
    return { kind: run.status === "queued" ? "queued" : "preparing", run };
  }
  if (subscribing !== undefined) {
    const isOver = subscribing.done >= subscribing.batches;
    return { kind: isOver ? "subscribed" : "subscribing", run: { ...run, plan, subscribing } };
  }
  if (result !== undefined) {
    return { kind: "accounted", run: { ...run, plan, result } };
  }
  const planned: PlannedRun = { ...run, plan };
  return { kind: chunksState(planned), run: planned };
}

function chunksState(run: PlannedRun): ChunksUnsettledKind | "settling" {
  const { plan, phase, stop, stagedChunks, settledChunks, settledRemovals } = run;
  if (settledChunks >= plannedChunks(plan)) {
    return "settling";
  }
  if (settledChunks - settledRemovals >= plan.chunkSizes.length) {
    return phase === "removing" ? "removing" : "removalDue";
  }
  return stop === undefined && stagedChunks < plan.chunkSizes.length ? "staging" : "importing";
}
