import { functionDefinitions } from "../../../functions/definitions";
import { awsAccounts, stepConcurrency } from "../../../infra/aws-account";
import type { ServiceTimes } from "./service-times";

/** The steps of a run that functions on queues carry out. */
export const steps = ["prepare", "push", "confirm", "settle"] as const;
export type Step = (typeof steps)[number];

/** What is simulated. */
export interface Scenario {
  readonly accounts: number;
  /** Of each account's run. */
  readonly profiles: number;
  /** Runs start at instants drawn from so many seconds; 0 starts all at once. */
  readonly spreadSeconds: number;
  /** Maximum concurrency of the queues' event sources. */
  readonly concurrency: Readonly<Record<Step, number>>;
  /** Messages that one push worker is given at once, at most. */
  readonly pushBatch: number;
  readonly serviceTimes: ServiceTimes;
  /** Bytes of a run's record without what grows with its chunks. */
  readonly runRecordBytes: number;
  /** Whether the index of open runs holds whole records, or only keys and little more. */
  readonly openIndexHoldsRecords: boolean;
  readonly seed: number;
}

/** AWS's default quotas (service quotas pages of Lambda, SQS and DynamoDB; Lambda's page on SQS scaling). */
export const quotas = {
  /** Functions that run at once in an account and region. */
  lambdaConcurrency: 1_000,
  /** Batches at once with which an event source begins, and how many it adds a second (300 a minute). */
  batchesAtFirst: 5,
  batchesAddedPerSecond: 5,
  /** Messages that are with consumers, of a standard queue. */
  messagesInFlight: 120_000,
  /** Write units a second of one partition; all open runs share one in their index. */
  partitionWriteUnits: 1_000,
  /** Write units a second that a new on-demand table takes at once; it doubles within half an hour. */
  tableWriteUnits: 4_000,
  /** Invocations a second of EventBridge Scheduler. */
  schedulerInvocations: 500,
} as const;

/** Klaviyo tells nothing about it; the simulator's default for a job of 10,000. */
export const JOB_SECONDS = 0.8;

/** Memory of the step's function, GB. */
export const gigabytes: Readonly<Record<Step, number>> = {
  prepare: functionDefinitions.prepareRun.memory / 1024,
  push: functionDefinitions.pushChunks.memory / 1024,
  confirm: functionDefinitions.confirmRun.memory / 1024,
  settle: functionDefinitions.settleRun.memory / 1024,
};

/** The longest that a push may wait for a slot: its function's time-out less what it keeps in reserve. */
export const PUSH_PATIENCE_SECONDS = functionDefinitions.pushChunks.timeoutSeconds - 20;

/**
 * From the figures in `test/bench/README.md`: what is fixed from the run of 10,000 profiles, what goes by the
 * million from that of 10,000,000; a confirming round and a push as the functions' mean durations.
 */
export const defaultServiceTimes: ServiceTimes = {
  prepareFixedSeconds: 0.9,
  prepareSecondsPerMillion: 4.0,
  settleFixedSeconds: 0.7,
  settleSecondsPerMillion: 1.4,
  confirmSeconds: 0.25,
  pushSeconds: 0.2,
};

export function scenario(overrides: Partial<Scenario> = {}): Scenario {
  const { prepare, push, confirm, settle } = stepConcurrency(awsAccounts.established);
  return {
    accounts: 100,
    profiles: 10_000_000,
    spreadSeconds: 0,
    concurrency: { prepare, push, confirm, settle },
    pushBatch: 10,
    serviceTimes: defaultServiceTimes,
    runRecordBytes: 1_500,
    openIndexHoldsRecords: false,
    seed: 1,
    ...overrides,
  };
}

/** What became of a scenario. Instants and durations are seconds. */
export interface Outcome {
  /** When each run ended, in the order of ending. */
  readonly endedAt: readonly number[];
  readonly chunksSent: number;
  /** Messages that a push worker put back because their slot was too far off. */
  readonly handedBack: number;
  readonly peakWorkers: Readonly<Record<Step, number>>;
  readonly peakWorkersOfAll: number;
  /** Most messages that could be received and were not, and most with consumers, by queue. */
  readonly peakDepth: Readonly<Record<Step, number>>;
  readonly peakInFlight: number;
  readonly invocations: Readonly<Record<Step, number>>;
  readonly gigabyteSeconds: Readonly<Record<Step, number>>;
  /** Most write units that one second asked of the partition of open runs, and of a rate limit's item. */
  readonly peakOpenIndexUnits: number;
  readonly peakRateLimitUnits: number;
  /** What messages and workers waited for, in total: a worker, a slot at Klaviyo, a write to the index. */
  readonly waited: Readonly<Record<Step | "klaviyo" | "openIndex", number>>;
}
