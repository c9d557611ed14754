import { LONGEST_DELAY_SECONDS } from "../../../shared/use-cases/runs/push/enqueue-chunks";
import {
  claimSlot,
  emptyRateLimitState,
  endpointLimits,
  turnOf,
  type RateLimitState,
} from "../../../shared/domain/klaviyo/rate-limit";
import { createRandom } from "../../chaos/random";
import { jobsFor } from "../floor";
import { createEventQueue } from "./event-queue";
import {
  JOB_SECONDS,
  PUSH_PATIENCE_SECONDS,
  quotas,
  steps,
  type Outcome,
  type Scenario,
  type Step,
} from "./model";
import { createAwsAccount, createPool, type Pool, type PoolStatistics } from "./pool";

interface SimulatedRun {
  readonly id: string;
  readonly chunks: number;
  /** The account's limit; every account has one run. */
  limit: RateLimitState;
  /** Instants at which jobs that Klaviyo took are complete, rising; those confirmed are forgotten. */
  jobs: number[];
  settled: number;
  movedAt: number;
}

const limits = endpointLimits.createImportJob;

/** Seconds within which messages come before their turn, as enqueue-chunks sends them. */
const AHEAD_SECONDS = 2;

/** A push worker needs so long to hand back what it can't send. */
const HAND_BACK_SECONDS = 0.05;

/** Bytes of a number in a record's list or set, and of a slot bucket and a slot in a rate limit's item. */
const NUMBER_BYTES = 5;
const BUCKET_BYTES = 45;

/** By how much service times vary, either way. */
const VARIATION = 0.1;

/**
 * Runs of many accounts, each from prepare to settle, on one system. Everything follows from the scenario and
 * its seed. The rate limiter is the system's own code; queues, functions and quotas are modelled; faults are
 * left out.
 */
export function simulate(scenario: Scenario): Outcome {
  const { accounts, profiles, serviceTimes, concurrency, pushBatch, seed } = scenario;
  const { pushSeconds } = serviceTimes;
  const random = createRandom(seed, 1);
  const events = createEventQueue();
  const awsAccount = createAwsAccount();
  const vary = (seconds: number): number => seconds * (1 + VARIATION * (2 * random.share() - 1));
  const millions = profiles / 1e6;
  const endedAt: number[] = [];
  let chunksSent = 0;
  let handedBack = 0;
  let waitedForKlaviyo = 0;
  let waitedForIndex = 0;

  const openIndex = createPartition();
  const rateLimitUnits = new Map<string, number>();
  let peakRateLimitUnits = 0;

  const prepare: Pool<SimulatedRun> = createPool(
    { step: "prepare", maximum: concurrency.prepare, batchSize: 1 },
    events,
    awsAccount,
    ([run], now) => {
      const done =
        now +
        vary(serviceTimes.prepareFixedSeconds + millions * serviceTimes.prepareSecondsPerMillion);
      if (run !== undefined) enqueue(run, done);
      return done;
    },
  );

  const enqueue = (run: SimulatedRun, now: number): void => {
    run.movedAt = now;
    if (run.chunks === 0) {
      settle.send(run, now);
      return;
    }
    for (let chunk = 0; chunk < run.chunks; chunk += 1) {
      const wait = turnOf(chunk, limits) / 1_000 - AHEAD_SECONDS;
      const delay = Math.min(Math.max(0, Math.floor(wait)), LONGEST_DELAY_SECONDS);
      push.send(run, now + delay);
    }
    confirm.send(run, now + 1);
  };

  const push: Pool<SimulatedRun> = createPool(
    { step: "push", maximum: concurrency.push, batchSize: pushBatch },
    events,
    awsAccount,
    (batch, now) => {
      let done = now + HAND_BACK_SECONDS;
      for (const run of new Set(batch)) noteRateLimitWrite(run, now);
      for (const run of batch) {
        const given = claimSlot(run.limit, limits, toMilliseconds(now), {
          party: run.id,
          patienceMilliseconds: PUSH_PATIENCE_SECONDS * 1_000,
        });
        run.limit = given.state;
        const at = given.at / 1_000 - EPOCH_SECONDS;
        if (given.kind === "later") {
          handedBack += 1;
          push.send(run, now + Math.max(1, Math.ceil(at - now)));
          continue;
        }
        const sent = at + vary(pushSeconds);
        waitedForKlaviyo += at - now;
        chunksSent += 1;
        run.jobs.push(sent + JOB_SECONDS);
        done = Math.max(done, sent);
      }
      return done;
    },
  );

  const confirm: Pool<SimulatedRun> = createPool(
    { step: "confirm", maximum: concurrency.confirm, batchSize: 1 },
    events,
    awsAccount,
    ([run], now) => {
      if (run === undefined) return now;
      const complete = run.jobs.filter((at) => at <= now).length;
      run.jobs = run.jobs.filter((at) => at > now);
      let done = now + vary(serviceTimes.confirmSeconds);
      const undisturbed = done;
      for (let chunk = 0; chunk < complete; chunk += 1) {
        run.settled += 1;
        done = Math.max(done, openIndex.write(now, indexUnits(scenario, run)));
      }
      waitedForIndex += done - undisturbed;
      if (complete > 0) run.movedAt = done;
      if (run.settled === run.chunks) settle.send(run, done);
      else
        confirm.send(run, done + Math.min(Math.max(1, Math.ceil((done - run.movedAt) / 10)), 30));
      return done;
    },
  );

  const settle: Pool<SimulatedRun> = createPool(
    { step: "settle", maximum: concurrency.settle, batchSize: 1 },
    events,
    awsAccount,
    (_, now) => {
      const done =
        now +
        vary(serviceTimes.settleFixedSeconds + millions * serviceTimes.settleSecondsPerMillion);
      endedAt.push(done);
      return done;
    },
  );

  const noteRateLimitWrite = (run: SimulatedRun, now: number): void => {
    const { recent, buckets } = run.limit;
    const bytes = 100 + recent.length * 2 * NUMBER_BYTES + buckets.length * BUCKET_BYTES;
    const key = `${run.id} ${Math.floor(now)}`;
    const units = (rateLimitUnits.get(key) ?? 0) + Math.ceil(bytes / 1_024);
    rateLimitUnits.set(key, units);
    peakRateLimitUnits = Math.max(peakRateLimitUnits, units);
  };

  for (let number = 0; number < accounts; number += 1) {
    const run: SimulatedRun = {
      ...{ id: `run-${number}`, chunks: jobsFor(profiles), limit: emptyRateLimitState },
      ...{ jobs: [], settled: 0, movedAt: 0 },
    };
    prepare.send(run, random.share() * scenario.spreadSeconds);
  }
  events.run();

  const pools: Record<Step, PoolStatistics> = {
    ...{ prepare: prepare.statistics, push: push.statistics },
    ...{ confirm: confirm.statistics, settle: settle.statistics },
  };
  const ofEach = (of: (statistics: PoolStatistics) => number): Record<Step, number> => ({
    ...{ prepare: of(pools.prepare), push: of(pools.push) },
    ...{ confirm: of(pools.confirm), settle: of(pools.settle) },
  });
  return {
    endedAt: endedAt.toSorted((one, other) => one - other),
    chunksSent,
    handedBack,
    peakWorkers: ofEach(({ peakWorkers }) => peakWorkers),
    peakWorkersOfAll: awsAccount.peak,
    peakDepth: ofEach(({ peakDepth }) => peakDepth),
    peakInFlight: Math.max(...steps.map((step) => pools[step].peakInFlight)),
    invocations: ofEach(({ invocations }) => invocations),
    gigabyteSeconds: ofEach(({ gigabyteSeconds }) => gigabyteSeconds),
    peakOpenIndexUnits: openIndex.peak(),
    peakRateLimitUnits,
    waited: {
      ...ofEach(({ waited }) => waited),
      klaviyo: waitedForKlaviyo,
      openIndex: waitedForIndex,
    },
  };
}

/** The rate limiter reckons in milliseconds since 1970, in which an empty state has slots at 0. */
const EPOCH_SECONDS = 1_000_000;
const toMilliseconds = (seconds: number): number => Math.round((EPOCH_SECONDS + seconds) * 1_000);

/** Moving a run in the index of open runs deletes its entry and writes another. */
function indexUnits(scenario: Scenario, { chunks, settled }: SimulatedRun): number {
  const bytes = scenario.openIndexHoldsRecords
    ? scenario.runRecordBytes + (chunks + settled) * NUMBER_BYTES
    : 200;
  return 2 * Math.ceil(bytes / 1_024);
}

/** One partition, which takes so many write units a second; what is more has to wait. */
function createPartition(): {
  write: (now: number, units: number) => number;
  peak: () => number;
} {
  const asked = new Map<number, number>();
  let freeAt = 0;
  return {
    write: (now, units) => {
      const second = Math.floor(now);
      asked.set(second, (asked.get(second) ?? 0) + units);
      freeAt = Math.max(now, freeAt) + units / quotas.partitionWriteUnits;
      return freeAt;
    },
    peak: () => [...asked.values()].reduce((most, units) => Math.max(most, units), 0),
  };
}
