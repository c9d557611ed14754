import type { SubscribeMessage } from "../../../domain/runs/messages";
import { CLOCKS_APART_SECONDS, type Tuning } from "../../../domain/runs/tuning";
import { problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import { isOverdue } from "../../../domain/runs/run";
import {
  givenUp,
  type BatchNumbers,
  type SubscriptionProgress,
} from "../../../domain/exports/subscription";
import type { Clock, ConnectionStore, Log, PreparedRunQueues, RunStore } from "../../../ports";
import { noteProblem } from "../../klaviyo/connection-findings";
import type { KlaviyoAccess } from "../../klaviyo/klaviyo-access";
import { lastCallBefore } from "../../klaviyo/klaviyo-client";
import { holding, secondsUntil, type Holdable, type Outcome } from "../holding";
import type { PlannedRun } from "../planned-run";
import {
  finishedBatch,
  subscribeBatch,
  type BatchResult,
  type SubscribeBatchDependencies,
} from "./subscribe-batch";

export interface SubscribeMembersDependencies extends SubscribeBatchDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly runs: RunStore;
  readonly klaviyo: Pick<KlaviyoAccess, "destinationOf">;
  readonly clock: Pick<Clock, "now">;
  readonly queues: PreparedRunQueues;
  readonly tuning: Tuning;
  readonly log: Log;
}

/** A worker that has not finished by its deadline is dead; by whose clock is not known. */
const LEASE_AFTER_DEADLINE_MILLISECONDS = (CLOCKS_APART_SECONDS + 5) * 1_000;

/**
 * Goes on with subscribing a run's members, batch by batch, until all are done or the invocation's time is
 * up; then the run is settled, or the message is sent anew. One worker at a time does so for a run. Whatever
 * goes wrong here costs the run nothing but subscriptions: it has been accounted for, and who could not be
 * subscribed is tried again by the next run.
 */
export async function subscribeMembers(
  dependencies: SubscribeMembersDependencies,
  message: SubscribeMessage,
  deadline: Date,
): Promise<void> {
  const { runs, queues, log } = dependencies;
  const found = await runs.get(message.runId);
  const state = found === undefined ? undefined : stateOf(found);
  if (state?.kind !== "subscribing" && state?.kind !== "subscribed") {
    log.info("subscribeDropped", { done: message.done });
    return;
  }
  const { run } = state;
  const stored = run.subscribing;
  if (message.done < stored.done) {
    log.info("subscribeDropped", { done: message.done });
    return;
  }
  const group = run.settings.connectionId;
  if (state.kind === "subscribed") {
    // Whoever did the last one may have died before the run was sent to its settlement.
    await queues.settle(group, run.runId);
    return;
  }
  const leaseUntil = new Date(deadline.getTime() + LEASE_AFTER_DEADLINE_MILLISECONDS);
  const toHold = holdable(dependencies, { run, leaseUntil, stored }, message);
  await holding(dependencies, toHold, (hold) => goOn(dependencies, hold, lastCallBefore(deadline)));
}

/** What a worker holds, and how far it has come. */
interface Hold {
  readonly run: PlannedRun;
  readonly leaseUntil: number;
  progress: SubscriptionProgress;
}

/** The subscribing of a run's members as work that one worker at a time may do. */
function holdable(
  dependencies: SubscribeMembersDependencies,
  found: { run: PlannedRun; leaseUntil: Date; stored: SubscriptionProgress },
  message: SubscribeMessage,
): Holdable<Hold, SubscriptionProgress> {
  const { runs, queues, clock, log } = dependencies;
  const { run, leaseUntil, stored } = found;
  const { runId, settings } = run;
  return {
    attempt: message.attempt,
    async claim(now) {
      const progress = await runs.claimSubscribing(runId, now, leaseUntil);
      return progress === undefined
        ? { kind: "held", holder: stored }
        : { kind: "claimed", hold: { run, leaseUntil: leaseUntil.getTime(), progress } };
    },
    // If its holder dies, this message goes on when the lease has run out.
    leave: (held) =>
      queues.subscribe(
        settings.connectionId,
        message,
        secondsUntil(clock, new Date(held.leaseUntil)),
      ),
    release: (hold) => letGo(dependencies, hold),
    again: ({ progress: { done } }, { attempt, delaySeconds }) =>
      queues.subscribe(settings.connectionId, { runId, done, attempt }, delaySeconds),
    logFault: (details) => log.warn("subscribingPutOff", details),
    async giveUp(hold, { problem: reason }) {
      log.error("subscribingGivenUp", { code: reason.code });
      await keep(dependencies, hold, givenUp(hold.progress, reason));
      await finish(dependencies, hold);
    },
  };
}

async function goOn(
  dependencies: SubscribeMembersDependencies,
  hold: Hold,
  until: Date,
): Promise<Outcome> {
  const { clock } = dependencies;
  let advanced = false;
  while (hold.progress.done < hold.progress.batches) {
    if (clock.now() >= until) {
      return { kind: "later", at: clock.now(), advanced };
    }
    const result = await nextResult(dependencies, hold, until);
    if (result.kind === "hopeless") {
      return { ...result, stopsRun: false };
    }
    if (result.kind !== "done") {
      return { ...result, advanced };
    }
    await keep(dependencies, hold, {
      ...hold.progress,
      done: hold.progress.done + 1,
      numbers: sumOf(hold.progress.numbers, result.numbers),
      // That of an earlier batch stays.
      ...(result.problem === undefined ? {} : { problem: result.problem }),
    });
    const isLast = hold.progress.done === hold.progress.batches;
    if (result.unanswered !== undefined && !isLast) {
      // Nor may the next be answered, and those of whom that is so are lost to a list with double opt-in.
      return { kind: "faulty", problem: result.unanswered, advanced };
    }
    advanced = true;
  }
  await finish(dependencies, hold);
  return { kind: "over" };
}

/** Lets go of a run whose members are all over, and sends it to its settlement. */
async function finish(dependencies: SubscribeMembersDependencies, hold: Hold): Promise<void> {
  const { runId, settings } = hold.run;
  await letGo(dependencies, hold);
  dependencies.log.info("membersSubscribed", { ...hold.progress.numbers });
  await dependencies.queues.settle(settings.connectionId, runId);
}

/** What becomes of the next batch, whatever an earlier worker has done of it. */
async function nextResult(
  dependencies: SubscribeMembersDependencies,
  hold: Hold,
  until: Date,
): Promise<BatchResult> {
  const { run, progress } = hold;
  const finished = await finishedBatch(dependencies, run, progress.done + 1);
  if (finished !== undefined) {
    return finished;
  }
  const now = await dependencies.runs.get(run.runId);
  return now?.stop === undefined && !isOverdue(run, dependencies.clock.now())
    ? subscribeNext(dependencies, hold, until)
    : { kind: "hopeless", problem: now?.stop ?? problem("runStalled") };
}

async function subscribeNext(
  dependencies: SubscribeMembersDependencies,
  { run, progress }: Hold,
  until: Date,
): Promise<BatchResult> {
  const manner = { party: run.runId, patience: { until } };
  const destination = await dependencies.klaviyo.destinationOf(run, manner);
  if (destination.kind === "unusable") {
    return { kind: "hopeless", problem: destination.problem };
  }
  const batch = { run, batch: progress.done + 1 };
  const result = await subscribeBatch(dependencies, batch, destination);
  if (result.kind === "hopeless" && result.problem.code === "keyRefused") {
    // That a key lacks a scope to subscribe says nothing of other exports.
    await noteProblem(dependencies, run.settings.connectionId, result.problem, "run");
  }
  return result;
}

async function keep(
  { runs, clock }: SubscribeMembersDependencies,
  hold: Hold,
  progress: SubscriptionProgress,
): Promise<void> {
  if (!(await runs.keepSubscribing(hold.run.runId, hold.leaseUntil, progress, clock.now()))) {
    throw new Error("another worker has taken the run's subscribing over");
  }
  hold.progress = progress;
}

async function letGo(
  { runs, clock }: SubscribeMembersDependencies,
  { run, leaseUntil, progress }: Hold,
): Promise<void> {
  await runs.keepSubscribing(run.runId, leaseUntil, { ...progress, leaseUntil: 0 }, clock.now());
}

function sumOf(
  numbers: SubscriptionProgress["numbers"],
  more: BatchNumbers,
): SubscriptionProgress["numbers"] {
  return {
    ...numbers,
    accepted: numbers.accepted + more.accepted,
    uncertain: numbers.uncertain + more.uncertain,
    alreadySubscribed: numbers.alreadySubscribed + more.alreadySubscribed,
    excludedUnsubscribed: numbers.excludedUnsubscribed + more.excludedUnsubscribed,
    excludedSuppressed: numbers.excludedSuppressed + more.excludedSuppressed,
    failed: numbers.failed + more.failed,
  };
}
