import { describe, expect, it } from "@jest/globals";
import { isDeepStrictEqual } from "node:util";
import { exampleChanges } from "../../../../../infra/commands/run-states";
import { attributesOf } from "../../../../../shared/domain/runs/lifecycle/change";
import { readRecord } from "../../../../../shared/domain/runs/lifecycle/run-record";
import { stateOf } from "../../../../../shared/domain/runs/lifecycle/run-state";
import {
  runTransitions,
  type RunTransitionName,
} from "../../../../../shared/domain/runs/lifecycle/run-transitions";
import { type RecordedWrite } from "../../../../support/recorded-writes";
import { written } from "./run-stores";

describe("what the run store has written of runs in all these tests", () => {
  const stateIn = (item: unknown) => stateOf(readRecord(item)).kind;
  const names = Object.keys(runTransitions) as RunTransitionName[];
  /** The transitions that may have made of a run what it became. */
  const madeBy = ({ before, after }: RecordedWrite): RunTransitionName[] => {
    const changed = [...new Set([...Object.keys(before!), ...Object.keys(after)])].filter(
      (name) => name !== "writeId" && !isDeepStrictEqual(before![name], after[name]),
    );
    return names.filter((name) => {
      const touched = attributesOf(exampleChanges[name].effects).map((one) => one.split(".")[0]!);
      const to = runTransitions[name].leads[stateIn(before)] ?? [];
      return to.includes(stateIn(after)) && changed.every((one) => touched.includes(one));
    });
  };

  it("is one of their transitions, each time, and each transition is among it", () => {
    const changes = written.filter(({ before }) => before !== undefined);
    const made = changes.map((write) => ({ write, by: madeBy(write) }));
    const strange = made.filter(({ by }) => by.length === 0);

    expect(changes.length).toBeGreaterThan(140);
    expect(strange).toEqual([]);
    expect(names.filter((name) => !made.some(({ by }) => by.includes(name)))).toEqual([]);
  });

  it("makes a run as queued, or as ended", () => {
    const made = written.filter(({ before }) => before === undefined);
    expect([...new Set(made.map(({ after }) => stateIn(after)))].sort()).toEqual([
      "ended",
      "queued",
    ]);
  });
});
