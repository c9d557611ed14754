import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { exampleChanges } from "../../../../../../infra/commands/run-states";
import { noSubscriptions } from "../../../../../../shared/domain/exports/subscription";
import { problem } from "../../../../../../shared/domain/problems/problem";
import {
  newRecord,
  runOf,
  type RunRecord,
} from "../../../../../../shared/domain/runs/lifecycle/run-record";
import {
  runStates,
  stateOf,
  type RunStateKind,
} from "../../../../../../shared/domain/runs/lifecycle/run-state";
import {
  runTransitions,
  type RunChange,
  type RunTransitionName,
} from "../../../../../../shared/domain/runs/lifecycle/run-transitions";
import { noNumbers, noRemovals } from "../../../../../../shared/domain/runs/run";
import { aPlan, aRun } from "../../../../../support/builders";
import { appliedChange } from "../../../../../support/fakes/stores/applied-change";

const kindOf = (record: RunRecord): RunStateKind => stateOf(runOf(record)).kind;
const order = Object.keys(runStates) as RunStateKind[];
const names = Object.keys(runTransitions) as RunTransitionName[];

/** One step of a run's life: what is tried, and a number that it is tried with. */
interface Step {
  readonly name: RunTransitionName;
  readonly number: number;
}
/** A life that ends early shows little. */
const ending: readonly RunTransitionName[] = ["endUnplanned", "conclude", "endUnsettled"];
const goingOn = names.filter((name) => !ending.includes(name));
const lives = fc.record({
  chunks: fc.nat(3),
  removals: fc.nat(2),
  batches: fc.nat(2),
  steps: fc.array(
    fc.record({
      name: fc.constantFrom(...ending, ...goingOn, ...goingOn, ...goingOn),
      number: fc.nat(9),
    }),
    {
      minLength: 20,
      maxLength: 120,
    },
  ),
});

type Life = typeof lives extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The change that a step makes of a run as it is. */
function changeOf(
  { name, number }: Step,
  record: RunRecord,
  { chunks, removals, batches }: { chunks: number; removals: number; batches: number },
): RunChange {
  const at = new Date(1_000 * number);
  const progress = { batches, done: 0, leaseUntil: 0, numbers: noSubscriptions };
  switch (name) {
    case "plan": {
      const chunkSizes = Array<number>(chunks).fill(1);
      const removalSizes = Array<number>(removals).fill(1);
      const plan = aPlan({ chunkSizes, removalSizes, leaving: removals });
      return runTransitions.plan.change({ plan, numbers: noNumbers, at });
    }
    case "markStaged":
      return runTransitions.markStaged.change({ chunks: 1 + (number % Math.max(1, chunks)) });
    case "countChunks": {
      const first = 1 + (number % Math.max(1, chunks + removals));
      const removed = { removals: { removed: 1, notFound: 0, unremoved: 0 } };
      // What is imported and what is removed never settle together: removing waits for the imports.
      const last = number % 3 === 0 ? first + 1 : first;
      const counted = [first, last]
        .filter((chunk, index, all) => all.indexOf(chunk) === index)
        .filter((chunk) => chunk <= chunks + removals && chunk > chunks === first > chunks)
        .map((chunk) => ({
          chunk,
          outcome: { imported: 0, refused: 0, unsent: 0, ...(chunk > chunks ? removed : {}) },
        }));
      return runTransitions.countChunks.change({ chunks: counted, at });
    }
    case "beginSubscribing":
      return runTransitions.beginSubscribing.change({ progress, at });
    case "keepSubscribing": {
      const done = Math.min(batches, (record.subscribing?.done ?? 0) + (number % 2));
      const heldUntil = record.subscribing?.leaseUntil ?? 0;
      const further = { ...progress, done };
      return runTransitions.keepSubscribing.change({ heldUntil, progress: further, at });
    }
    case "stop":
      return runTransitions.stop.change({ problem: problem("runCanceled") });
    default:
      return exampleChanges[name];
  }
}

/** The states that a run goes through, when each step is made that may be. */
function statesOf(life: Life): RunStateKind[] {
  let record = newRecord(aRun());
  const states = [kindOf(record)];
  for (const step of life.steps) {
    const before = kindOf(record);
    const change = changeOf(step, record, life);
    const after = change.leads[before] === undefined ? undefined : appliedChange(record, change);
    if (after !== undefined) {
      record = after as RunRecord;
      const kind = kindOf(record);
      if (change.leads[before]?.includes(kind) !== true) {
        throw new Error(`${step.name} leads from ${before} to ${kind}`);
      }
      states.push(kind);
    }
  }
  return states;
}

describe("a run's transitions", () => {
  it("lead where the table says, whatever comes in whichever order, and never back", () => {
    const seen = new Set<RunStateKind>();
    fc.assert(
      fc.property(lives, (life) => {
        const states = statesOf(life);
        states.forEach((state) => seen.add(state));
        const places = states.map((state) => order.indexOf(state));
        expect(places).toEqual(places.toSorted((one, other) => one - other));
      }),
      { numRuns: 1_000 },
    );
    expect([...seen].sort()).toEqual([...order].sort());
  });

  it("lead from every state but the last to a later one, and to every state but the first", () => {
    const moves = names.flatMap((name) =>
      Object.entries(runTransitions[name].leads).flatMap(([from, to]) =>
        to.filter((state) => state !== from).map((state) => [from, state] as const),
      ),
    );

    const forwards = moves.filter(
      ([from, to]) => order.indexOf(from as RunStateKind) < order.indexOf(to),
    );
    expect(forwards).toHaveLength(moves.length);
    expect(order.filter((state) => !moves.some(([from]) => from === state))).toEqual(["announced"]);
    expect(order.filter((state) => !moves.some(([, to]) => to === state))).toEqual(["queued"]);
  });

  it("change nothing of a run that has ended but that its end is announced", () => {
    const ended = newRecord(aRun({ status: "failed" }));
    const changing = names.filter(
      (name) => appliedChange(ended, exampleChanges[name]) !== undefined,
    );

    expect(changing).toEqual(["claimAnnouncement", "markAnnounced"]);
  });

  it("let a run be accounted for once, and be concluded only then", () => {
    const plan = aPlan({ chunkSizes: [] });
    const settled = newRecord(aRun({ status: "running", plan }));
    const at = new Date(0);
    const ending = { kind: "concluded", status: "failed", at, warnings: [] } as const;
    const numbers = { numbers: noNumbers, removals: noRemovals };
    const conclude = runTransitions.conclude.change({ ...ending, ...numbers });

    const accounted = appliedChange(settled, exampleChanges.keepResult);

    expect(appliedChange(settled, conclude)).toBeUndefined();
    expect(appliedChange(accounted!, exampleChanges.keepResult)).toBeUndefined();
    expect(appliedChange(accounted!, conclude)).toMatchObject({ status: "failed", open: "ended" });
  });
});
