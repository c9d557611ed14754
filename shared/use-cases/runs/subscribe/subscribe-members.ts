import type { SubscribeMessage } from "../../../domain/runs/messages";
import { CLOCKS_APART_SECONDS, retryDelaySeconds, type Pace } from "../../../domain/klaviyo/pace";
import { problem, type Problem } from "../../../domain/problems/problem";
import { stateOf } from "../../../domain/runs/lifecycle/run-state";
import { isOverdue } from "../../../domain/runs/run";
import {
  givenUp,
  type BatchNumbers,
  type SubscriptionProgress,
} from "../../../domain/exports/subscription";
import type { ConnectionStore, Log, RunQueues, RunStore, SecretStore } from "../../../ports";
import { isKeyReplaced, isOfTheKey, noteProblem } from "../../klaviyo/connection-findings";
import type { PlannedRun } from "../planned-run";
import { findDestination, problemOfFailure, type Destination } from "../../klaviyo/run-destination";
import {
  finishedBatch,
  subscribeBatch,
  type BatchResult,
  type SubscribeBatchDependencies,
} from "./subscribe-batch";

export interface SubscribeMembersDependencies extends SubscribeBatchDependencies {
  readonly connections: ConnectionStore;
  readonly runs: RunStore;
  readonly secrets: Pick<SecretStore, "read">;
  readonly queues: RunQueues;
  readonly pace: Pace;
  readonly log: Log;
}

/** Left of the invocation when no further call is begun. */
const RESERVE_MILLISECONDS = 40_000;

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
  const { runs, queues, clock, log } = dependencies;
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
  const claimed = await runs.claimSubscribing(run.runId, clock.now(), leaseUntil);
  if (claimed === undefined) {
    // If its holder dies, this message goes on when the lease has run out.
    await queues.subscribe(group, message, secondsUntil(dependencies, stored.leaseUntil));
    return;
  }
  const holding = { run, leaseUntil: leaseUntil.getTime(), progress: claimed };
  try {
    await goOn(dependencies, holding, message, deadline);
  } catch (error) {
    // The message comes back, and must find the run free.
    await letGo(dependencies, holding);
    throw error;
  }
}

/** What a worker holds, and how far it has come. */
interface Holding {
  readonly run: PlannedRun;
  readonly leaseUntil: number;
  progress: SubscriptionProgress;
}

async function goOn(
  dependencies: SubscribeMembersDependencies,
  holding: Holding,
  message: SubscribeMessage,
  deadline: Date,
): Promise<void> {
  const { queues, clock, log } = dependencies;
  const { runId, settings } = holding.run;
  const lastCall = new Date(deadline.getTime() - RESERVE_MILLISECONDS);
  let { attempt } = message;
  let delaySeconds = 0;
  while (holding.progress.done < holding.progress.batches && delaySeconds === 0) {
    if (clock.now() >= lastCall) {
      delaySeconds = 1;
      break;
    }
    const result = await nextResult(dependencies, holding, lastCall);
    switch (result.kind) {
      case "done":
        await keep(dependencies, holding, {
          ...holding.progress,
          done: holding.progress.done + 1,
          numbers: sumOf(holding.progress.numbers, result.numbers),
          ...(result.problem === undefined ? {} : { problem: result.problem }),
        });
        if (result.unanswered === undefined) {
          attempt = 0;
        } else {
          // Nor may the next be answered, and those of whom that is so are lost to a list with double opt-in.
          log.warn("subscribingPutOff", { attempt, code: result.unanswered.code });
          if (attempt >= dependencies.pace.attempts) {
            await giveUp(dependencies, holding, result.unanswered);
            break;
          }
          delaySeconds = retryDelaySeconds(attempt, dependencies.pace);
          attempt += 1;
        }
        break;
      case "later":
        delaySeconds = secondsUntil(dependencies, result.at.getTime());
        break;
      case "faulty":
        log.warn("subscribingPutOff", { attempt, code: result.problem.code });
        if (attempt >= dependencies.pace.attempts) {
          await giveUp(dependencies, holding, result.problem);
          break;
        }
        delaySeconds = retryDelaySeconds(attempt, dependencies.pace);
        attempt += 1;
        break;
      case "hopeless":
        await giveUp(dependencies, holding, result.problem);
        break;
    }
  }
  await letGo(dependencies, holding);
  const { done, batches, numbers } = holding.progress;
  if (done === batches) {
    log.info("membersSubscribed", { ...numbers });
    await queues.settle(settings.connectionId, runId);
  } else {
    await queues.subscribe(settings.connectionId, { runId, done, attempt }, delaySeconds);
  }
}

/** What becomes of the next batch, whatever an earlier worker has done of it. */
async function nextResult(
  dependencies: SubscribeMembersDependencies,
  holding: Holding,
  lastCall: Date,
): Promise<BatchResult> {
  const { run, progress } = holding;
  const finished = await finishedBatch(dependencies, run, progress.done + 1);
  if (finished !== undefined) {
    return finished;
  }
  const now = await dependencies.runs.get(run.runId);
  return now?.stop === undefined && !isOverdue(run, dependencies.clock.now())
    ? subscribeNext(dependencies, holding, lastCall)
    : { kind: "hopeless", problem: now?.stop ?? problem("runStalled") };
}

async function subscribeNext(
  dependencies: SubscribeMembersDependencies,
  { run, progress }: Holding,
  lastCall: Date,
): Promise<BatchResult> {
  const destination = await findDestination(dependencies, run);
  if (destination.kind === "unusable") {
    return { kind: "hopeless", problem: destination.problem };
  }
  const batch = { run, batch: progress.done + 1, deadline: lastCall };
  const result = await subscribeBatch(dependencies, batch, destination);
  return result.kind === "refused" ? afterRefusal(dependencies, run, destination, result) : result;
}

/** Klaviyo does not let this key subscribe. That it lacks a scope for it says nothing of other exports. */
async function afterRefusal(
  dependencies: SubscribeMembersDependencies,
  run: PlannedRun,
  destination: Destination,
  { failure }: Extract<Awaited<ReturnType<typeof subscribeBatch>>, { kind: "refused" }>,
): Promise<BatchResult> {
  const reason = problemOfFailure(failure);
  if (isOfTheKey(reason) && (await isKeyReplaced(dependencies, destination))) {
    return { kind: "faulty", problem: reason };
  }
  if (failure.kind === "keyRefused") {
    await noteProblem(dependencies, run.settings.connectionId, reason, "run");
  }
  return { kind: "hopeless", problem: reason };
}

async function giveUp(
  dependencies: SubscribeMembersDependencies,
  holding: Holding,
  reason: Problem,
): Promise<void> {
  dependencies.log.error("subscribingGivenUp", { code: reason.code });
  await keep(dependencies, holding, givenUp(holding.progress, reason));
}

async function keep(
  { runs, clock }: SubscribeMembersDependencies,
  holding: Holding,
  progress: SubscriptionProgress,
): Promise<void> {
  if (!(await runs.keepSubscribing(holding.run.runId, holding.leaseUntil, progress, clock.now()))) {
    throw new Error("another worker has taken the run's subscribing over");
  }
  holding.progress = progress;
}

async function letGo(
  { runs, clock }: SubscribeMembersDependencies,
  { run, leaseUntil, progress }: Holding,
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

function secondsUntil({ clock }: SubscribeMembersDependencies, instant: number): number {
  return Math.max(1, Math.ceil((instant - clock.now().getTime()) / 1_000));
}
