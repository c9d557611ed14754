import { describe, expect, it } from "@jest/globals";
import { createChunkCounter } from "../../../../shared/adapters/aws/dynamodb/runs/chunk-counter";
import {
  newRecord,
  runOf,
  type RunRecord,
} from "../../../../shared/domain/runs/lifecycle/run-record";
import type { RunChange } from "../../../../shared/domain/runs/lifecycle/run-transitions";
import { aPlan, aRun } from "../../../support/builders";
import { appliedChange } from "../../../support/fakes/stores/applied-change";

const at = new Date("2026-11-02T08:00:00.000Z");
const imported = (chunk: number) => ({
  chunk,
  outcome: { imported: 7, refused: 2, unsent: 1 },
});
const removed = (chunk: number) => ({
  chunk,
  outcome: {
    ...{ imported: 0, refused: 0, unsent: 0 },
    removals: { removed: 4, notFound: 1, unremoved: 0 },
  },
});

/** A run of forty chunks to import and ten to remove; `writes` says how many chunks each write was to count. */
function aSituation({ failing = false }: { failing?: boolean } = {}) {
  const plan = aPlan({ chunkSizes: Array(40).fill(10), removalSizes: Array(10).fill(5) });
  let record: RunRecord = newRecord(aRun({ status: "running", plan, stagedChunks: 40 }));
  const writes: number[] = [];
  const count = createChunkCounter({
    readRun: async () => runOf(record),
    async changedRun(_runId, change: RunChange) {
      writes.push(change.effects.include?.settledChunkNumbers?.length ?? 0);
      // Others come while a write is under way.
      await new Promise(setImmediate);
      if (failing) throw new Error("no answer");
      const after = appliedChange(record, change);
      if (after === undefined) return undefined;
      record = after as RunRecord;
      return runOf(record);
    },
  });
  return { count, writes, run: () => runOf(record) };
}

const numbered = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

describe("chunks that settle at the same time", () => {
  it("share the writes that count them, with at most 25 in each", async () => {
    const { count, writes, run } = aSituation();
    await Promise.all(numbered(1, 40).map((chunk) => count("run-1", imported(chunk), at)));
    expect(writes).toEqual([1, 25, 14]);
    expect(run()).toMatchObject({
      ...{ settledChunks: 40, numbers: { imported: 280, refused: 80, unsent: 40 } },
    });
  });

  it("are each told the run in which they are counted", async () => {
    const { count } = aSituation();
    const runs = await Promise.all([1, 2, 3].map((chunk) => count("run-1", imported(chunk), at)));
    expect(runs.map(({ settledChunks }) => settledChunks)).toEqual([1, 3, 3]);
  });

  it("count once where several settle the same one", async () => {
    const { count, run } = aSituation();
    await Promise.all([1, 2, 2, 3, 2].map((chunk) => count("run-1", imported(chunk), at)));
    expect(run()).toMatchObject({ settledChunks: 3, numbers: { imported: 21 } });
  });

  it("are counted one by one where one of them was counted before", async () => {
    const { count, writes, run } = aSituation();
    await count("run-1", imported(3), at);
    await Promise.all([1, 2, 3, 4].map((chunk) => count("run-1", imported(chunk), at)));
    expect(writes).toEqual([1, 1, 3, 1, 1, 1]);
    expect(run()).toMatchObject({ settledChunks: 4, numbers: { imported: 28 } });
  });

  it("are counted apart where some were to be imported and others to be removed", async () => {
    const { count, writes, run } = aSituation();
    await Promise.all([
      ...numbered(1, 40).map((chunk) => count("run-1", imported(chunk), at)),
      ...numbered(41, 10).map((chunk) => count("run-1", removed(chunk), at)),
    ]);
    expect(writes).toEqual([1, 25, 14, 10]);
    expect(run()).toMatchObject({ settledChunks: 50, removals: { removed: 40, notFound: 10 } });
  });

  it("all fail where the write fails, and can be counted again", async () => {
    const { count } = aSituation({ failing: true });
    const counted = [1, 2, 3].map((chunk) => count("run-1", imported(chunk), at));
    const results = await Promise.allSettled(counted);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    await expect(count("run-1", imported(1), at)).rejects.toThrow("no answer");
  });
});
