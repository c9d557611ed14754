import type { Connection } from "../../../domain/connections/connection";
import { withUnsettled, type SnapshotReference } from "../../../domain/exports/export";
import { consentOf } from "../../../domain/exports/field-mapping";
import { problem, type Problem } from "../../../domain/problems/problem";
import type { TerminalStatus } from "../../../domain/runs/run";
import { noSubscriptions, type SubscriptionProgress } from "../../../domain/exports/subscription";
import type {
  Clock,
  ExportStore,
  Log,
  RunQueues,
  RunStore,
  StageSubscribersRequest,
  SubscriberStaging,
} from "../../../ports";
import type { PlannedRun } from "../planned-run";

export interface SettleSubscriptionsDependencies {
  readonly exports: Pick<ExportStore, "get">;
  readonly runs: Pick<RunStore, "beginSubscribing" | "get">;
  readonly subscribers: SubscriberStaging;
  readonly queues: Pick<RunQueues, "subscribe">;
  readonly clock: Clock;
  readonly log: Log;
}

type Subscribed = NonNullable<SnapshotReference["subscribed"]>;

/** Where a run stands with subscribing, once it has been accounted for. */
export type SubscriptionState =
  /** It is going on; the run ends after it. */
  | { kind: "going" }
  | {
      kind: "over";
      /** Kept with the export's snapshot. */
      subscribed?: Subscribed;
      warnings: readonly Problem[];
    };

/**
 * Sees to it that a run's members are subscribed, if its export says so, before the run ends. Where this
 * fails the run ends all the same, with a warning. Safe to repeat.
 */
export async function settleSubscriptions(
  dependencies: SettleSubscriptionsDependencies,
  run: PlannedRun,
  connection: Connection | undefined,
): Promise<SubscriptionState> {
  const { exports, log } = dependencies;
  const before = (await exports.get(run.exportId))?.snapshot?.subscribed;
  const unchanged = before === undefined ? {} : { subscribed: before };
  if (connection === undefined || run.settings.subscription === undefined) {
    return { kind: "over", ...unchanged, warnings: [] };
  }
  if (run.subscribing === undefined && (run.plan.end !== undefined || run.stop !== undefined)) {
    return { kind: "over", ...unchanged, warnings: [] };
  }
  const accountId = connection.account.id;
  const known = askedBefore(before, accountId);
  try {
    const progress = run.subscribing ?? (await begin(dependencies, run, accountId, known));
    if (progress.done < progress.batches) {
      await dependencies.queues.subscribe(
        run.settings.connectionId,
        { runId: run.runId, done: progress.done, attempt: 0 },
        0,
      );
      return { kind: "going" };
    }
    const key = await dependencies.subscribers.record({ ...placeOf(run), ...known });
    return { kind: "over", subscribed: { key, accountId }, warnings: warningsOf(run, progress) };
  } catch (error) {
    log.error("subscribersNotSettled", { error });
    // Some may have been asked for by now.
    const subscribed = withUnsettled(before, accountId, placeOf(run));
    return { kind: "over", subscribed, warnings: [problem("subscriptionsUnsettled")] };
  }
}

type AskedBefore = Pick<StageSubscribersRequest, "subscribedKey" | "unsettled">;

/** Where it is written whom the export has asked for; what it asked for in another account counts for nothing. */
function askedBefore(before: Subscribed | undefined, accountId: string): AskedBefore {
  if (before?.accountId !== accountId) {
    return {};
  }
  const { key, unsettled } = before;
  return {
    subscribedKey: key,
    unsettled,
  };
}

function placeOf({ runId, exportId, plan }: PlannedRun) {
  return { runId, exportId, attemptId: plan.attemptId };
}

async function begin(
  { runs, subscribers, clock }: SettleSubscriptionsDependencies,
  run: PlannedRun,
  accountId: string,
  known: AskedBefore,
): Promise<SubscriptionProgress> {
  const historical = run.settings.subscription?.historicalImport === true;
  const { batches, requested, forgotten, ...excluded } = await subscribers.stageBatches({
    ...placeOf(run),
    resubscribe: run.resubscribe,
    ...known,
    ...(historical ? { consentedBefore: clock.now() } : {}),
    consentNeeded: consentOf(run.settings.mapping) !== undefined,
  });
  const progress: SubscriptionProgress = {
    batches,
    done: 0,
    leaseUntil: 0,
    numbers: {
      ...noSubscriptions,
      requested,
      excludedWithoutConsent: excluded.consentRefused,
      excludedConsentUnclear: excluded.consentUnclear,
      excludedWithoutConsentTime: excluded.withoutConsentTime,
    },
    accountId,
    ...(forgotten ? { forgotten } : {}),
  };
  await runs.beginSubscribing(run.runId, progress, clock.now());
  // Another worker may have begun it at the same time.
  return (await runs.get(run.runId))?.subscribing ?? progress;
}

function warningsOf(
  { settings: { subscription, mapping } }: PlannedRun,
  { numbers, problem: reason, forgotten }: SubscriptionProgress,
): readonly Problem[] {
  const { requested, failed, uncertain, excludedWithoutConsentTime: members } = numbers;
  const consent = consentOf(mapping);
  return [
    ...(forgotten === true ? [problem("subscribersForgotten")] : []),
    ...(uncertain > 0 ? [problem("subscriptionsUncertain", { uncertain, requested })] : []),
    ...(failed > 0 ? [problem("subscriptionsFailed", { failed, requested })] : []),
    ...(failed + uncertain > 0 && reason !== undefined ? [reason] : []),
    ...(members > 0 && subscription?.historicalImport === true
      ? [problem("consentTimeMissing", { members, field: subscription.consentedAtField })]
      : []),
    ...(numbers.excludedConsentUnclear > 0 && consent !== undefined
      ? [
          problem("consentUnclear", {
            members: numbers.excludedConsentUnclear,
            field: consent.field,
          }),
        ]
      : []),
  ];
}

/**
 * A run that did all else well ends with warnings if members could not be subscribed, or if a field that was mapped
 * reached nobody.
 */
export function statusWith(status: TerminalStatus, warnings: readonly Problem[]): TerminalStatus {
  return status === "successful" && warnings.length > 0 ? "completedWithWarnings" : status;
}
