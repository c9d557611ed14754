import type { NewAwsFaultRule } from "../../infra/local/faults/fault-rules";
import type { NewFaultRule } from "../../infra/local/klaviyo/simulator";
import { makeAwsFaults } from "./aws-faults";
import { createRandom, type Random } from "./random";
import { ADDRESS_MARK, makeSegment, type MadeSegment } from "./segment";

/** Functions that work on runs, by a part of their names. */
const WORKERS = ["prepare-run", "push-chunks", "confirm-run", "settle-run", "watch-runs"] as const;

export const STEPS = ["prepare", "push", "confirm", "settle"] as const;
type Step = (typeof STEPS)[number];

/** Something bad that happens so long after the runs were started. `run` counts from 0. */
export type Trouble = { readonly at: number } & (
  | { readonly kind: "kill"; readonly worker: (typeof WORKERS)[number] }
  /** A message that the run may have had already, or not yet. */
  | { readonly kind: "message" | "deadLetter"; readonly run: number; readonly message: RunMessage }
  /** Whatever can be caught on the step's queue is lost. */
  | { readonly kind: "lose"; readonly step: Step }
  | { readonly kind: "cancel" | "deleteExport"; readonly run: number }
  /** The key in use is revoked after another one was put in its place. */
  | { readonly kind: "replaceKey" }
);

export type RunMessage =
  | { readonly step: "prepare" | "settle"; readonly delaySeconds: number }
  | {
      readonly step: "push";
      readonly chunk: number;
      readonly attempt: number;
      readonly delaySeconds: number;
    }
  | { readonly step: "confirm"; readonly round: number; readonly delaySeconds: number };

/** All that happens under one seed. */
export interface Schedule {
  readonly seed: number;
  readonly segments: readonly MadeSegment[];
  /**
   * The runs are in sync mode mirror, and these people, by run, are on their lists from a run before and
   * have left the segments since. Undefined for runs in sync mode upsert.
   */
  readonly leavers: readonly (readonly string[])[] | undefined;
  readonly faults: readonly NewFaultRule[];
  /** Faults that Klaviyo names in one answer about a job's profiles; undefined for all. */
  readonly mostErrors: number | undefined;
  readonly troubles: readonly Trouble[];
  /** What befalls AWS's own services. */
  readonly awsFaults: readonly NewAwsFaultRule[];
}

/** Troubles come within this time from the start. */
const TROUBLED_MILLISECONDS = 3_000;

export function makeSchedule(seed: number): Schedule {
  const runs = createRandom(seed, 1).between(2, 4);
  return {
    seed,
    segments: Array.from({ length: runs }, (_, run) =>
      makeSegment(createRandom(seed, 10 + run), `s${String(seed)}r${String(run)}`),
    ),
    leavers: makeLeavers(createRandom(seed, 4), runs),
    faults: makeFaults(createRandom(seed, 2)),
    mostErrors: createRandom(seed, 6).chance(0.5) ? 1 : undefined,
    troubles: makeTroubles(createRandom(seed, 3), runs),
    awsFaults: makeAwsFaults(createRandom(seed, 5)),
  };
}

function makeLeavers(random: Random, runs: number): Schedule["leavers"] {
  return random.chance(0.4)
    ? Array.from({ length: runs }, (_, run) =>
        Array.from(
          { length: random.between(1, 50) },
          (_none, index) => `${ADDRESS_MARK}.leaver.${String(run)}.${String(index)}@example.org`,
        ),
      )
    : undefined;
}

function makeFaults(random: Random): NewFaultRule[] {
  const sometimes = (probability: number, rule: NewFaultRule): NewFaultRule[] =>
    random.chance(probability) ? [rule] : [];
  const rate = (most: number): number => random.share() * most;
  return [
    ...sometimes(0.5, { kind: "throttle", rate: rate(0.3) }),
    ...sometimes(0.5, { kind: "serverError", rate: rate(0.3) }),
    ...sometimes(0.4, { kind: "serverError", rate: rate(0.25), when: "after" }),
    ...sometimes(0.4, { kind: "reset", rate: rate(0.2) }),
    ...sometimes(0.4, { kind: "reset", rate: rate(0.25), when: "after" }),
    ...sometimes(0.3, {
      kind: "slow",
      rate: rate(0.5),
      leastMilliseconds: 20,
      mostMilliseconds: 800,
    }),
    ...sometimes(0.3, { kind: "firewall", rate: rate(0.2) }),
    ...sometimes(0.3, { kind: "withoutId", rate: rate(0.3) }),
    ...sometimes(0.5, {
      kind: "refuseProfile",
      rate: rate(0.15),
      pointer: random.pick(["email", "profile"] as const),
    }),
    ...sometimes(0.05, { kind: "refuseProfile", rate: 0.02, pointer: "job" }),
    ...sometimes(0.5, {
      kind: "failProfile",
      rate: rate(0.15),
      payload: random.pick(["flat", "email", "resource", "none", "mixed"] as const),
    }),
    ...sometimes(0.4, { kind: "cancelJob", rate: rate(0.4), afterShare: random.share() }),
    ...sometimes(0.3, {
      kind: "otherUsers",
      operations: ["bulk_import_profiles", "get_bulk_import_profiles_job"],
      requestsPerSecond: random.between(1, 9),
    }),
  ];
}

function makeTroubles(random: Random, runs: number): Trouble[] {
  const at = (): number => random.between(0, TROUBLED_MILLISECONDS);
  const run = (): number => random.between(0, runs - 1);
  const times = (most: number): undefined[] =>
    Array.from({ length: random.between(0, most) }, () => undefined);
  const troubles: Trouble[] = [
    ...times(5).map(() => ({ at: at(), kind: "kill" as const, worker: random.pick(WORKERS) })),
    ...times(8).map(() => ({
      ...{ at: at(), kind: "message" as const, run: run() },
      message: makeMessage(random, random.pick(STEPS)),
    })),
    ...(random.chance(0.25) ? times(2) : []).map(() => ({
      ...{ at: at(), kind: "deadLetter" as const, run: run() },
      message: makeMessage(random, random.pick(STEPS)),
    })),
    ...times(2).map(() => ({ at: at(), kind: "lose" as const, step: random.pick(STEPS) })),
    ...(random.chance(0.25) ? [{ at: at(), kind: "cancel" as const, run: run() }] : []),
    ...(random.chance(0.1) ? [{ at: at(), kind: "deleteExport" as const, run: run() }] : []),
    ...(random.chance(0.15) ? [{ at: at(), kind: "replaceKey" as const }] : []),
  ];
  return troubles.sort((one, other) => one.at - other.at);
}

function makeMessage(random: Random, step: Step): RunMessage {
  const delaySeconds = random.between(0, 2);
  switch (step) {
    case "prepare":
    case "settle":
      return { step, delaySeconds };
    case "push":
      return { step, chunk: random.between(1, 4), attempt: random.between(0, 3), delaySeconds };
    case "confirm":
      return { step, round: random.between(0, 4), delaySeconds };
  }
}
