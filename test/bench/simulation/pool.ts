import type { EventQueue } from "./event-queue";
import { gigabytes, quotas, type Step } from "./model";

/** What all functions share: the AWS account's concurrency. */
export interface AwsAccount {
  busy: number;
  peak: number;
  /** What goes on once there is room. */
  readonly waiting: Set<(now: number) => void>;
}

export const createAwsAccount = (): AwsAccount => ({ busy: 0, peak: 0, waiting: new Set() });

export interface PoolStatistics {
  peakWorkers: number;
  peakDepth: number;
  peakInFlight: number;
  invocations: number;
  gigabyteSeconds: number;
  /** Seconds that messages could have been received before they were. */
  waited: number;
}

export interface Pool<Message> {
  /** A message that can be received from an instant on. */
  send(message: Message, visibleAt: number): void;
  readonly statistics: PoolStatistics;
}

/**
 * A queue and its event source: begins with five batches at once and adds five a second up to its maximum
 * concurrency, as long as the account has room.
 *
 * @param work what a worker does with a batch that it begins with; returns when it is done.
 */
export function createPool<Message>(
  { step, maximum, batchSize }: { step: Step; maximum: number; batchSize: number },
  events: EventQueue,
  awsAccount: AwsAccount,
  work: (batch: readonly Message[], now: number) => number,
): Pool<Message> {
  const visible: { readonly message: Message; readonly since: number }[] = [];
  let taken = 0;
  let busy = 0;
  let inFlight = 0;
  let isGrowing = false;
  let activeSince: number | undefined;
  const statistics: PoolStatistics = {
    ...{ peakWorkers: 0, peakDepth: 0, peakInFlight: 0 },
    ...{ invocations: 0, gigabyteSeconds: 0, waited: 0 },
  };

  const limit = (now: number): number => {
    activeSince ??= now;
    const grown = quotas.batchesAtFirst + (now - activeSince) * quotas.batchesAddedPerSecond;
    return Math.min(maximum, Math.floor(grown));
  };

  const start = (now: number): void => {
    const batch = visible.slice(taken, taken + batchSize);
    taken += batch.length;
    // What was taken is forgotten now and then, which keeps taking cheap.
    if (taken > 10_000) {
      visible.splice(0, taken);
      taken = 0;
    }
    busy += 1;
    inFlight += batch.length;
    awsAccount.busy += 1;
    awsAccount.peak = Math.max(awsAccount.peak, awsAccount.busy);
    statistics.invocations += 1;
    statistics.peakWorkers = Math.max(statistics.peakWorkers, busy);
    statistics.peakInFlight = Math.max(statistics.peakInFlight, inFlight);
    for (const { since } of batch) statistics.waited += now - since;
    const done = work(
      batch.map(({ message }) => message),
      now,
    );
    statistics.gigabyteSeconds += (done - now) * gigabytes[step];
    events.at(done, (then) => {
      busy -= 1;
      inFlight -= batch.length;
      awsAccount.busy -= 1;
      dispatch(then);
      for (const goOn of [...awsAccount.waiting]) goOn(then);
    });
  };

  const dispatch = (now: number): void => {
    awsAccount.waiting.delete(dispatch);
    while (visible.length > taken && inFlight < quotas.messagesInFlight) {
      if (awsAccount.busy >= quotas.lambdaConcurrency) {
        awsAccount.waiting.add(dispatch);
        return;
      }
      if (busy >= limit(now)) {
        growLater(now);
        return;
      }
      start(now);
    }
  };

  /** More batches are let in within the second. */
  const growLater = (now: number): void => {
    if (isGrowing || limit(now) >= maximum) return;
    isGrowing = true;
    events.at(now + 1 / quotas.batchesAddedPerSecond, (then) => {
      isGrowing = false;
      dispatch(then);
    });
  };

  return {
    statistics,
    send: (message, visibleAt) =>
      events.at(visibleAt, (now) => {
        visible.push({ message, since: now });
        dispatch(now);
        statistics.peakDepth = Math.max(statistics.peakDepth, visible.length - taken);
      }),
  };
}
