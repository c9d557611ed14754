import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../../shared/domain/problems/problem";
import type { Run } from "../../../../../../shared/domain/runs/run";
import type { PlannedRun } from "../../../../../../shared/use-cases/runs/planned-run";
import { stageChunks } from "../../../../../../shared/use-cases/runs/prepare/stage-chunks";
import { aPlan, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

/** A planned run of 25 chunks, and what was prepared for it, staged ten at a time. */
function aSituation(overrides: Partial<Run> = {}, chunks = 25) {
  const clock = fakeClock();
  const chunkSizes = Array.from({ length: chunks }, () => 10_000);
  const plan = aPlan({ chunkSizes, checksum: "5ca1ab1e" });
  const run: PlannedRun = {
    ...aRun({ status: "running", phase: "pushing", plan, stagedChunks: 0, ...overrides }),
    plan,
  };
  const runs = fakeRunStore(run);
  const queues = fakeQueues();
  const staged: string[] = [];
  const stage = (
    options: { checksum?: string; between?: (last: number) => Promise<void> } = {},
  ): Promise<void> =>
    stageChunks(
      { runs, queues, exports: fakeExportStore(), clock, log: fakeLog() },
      run,
      {
        async stageChunks({ attemptId, after }, onStaged) {
          for (let first = after + 1; first <= chunks; first += 10) {
            const last = Math.min(first + 9, chunks);
            staged.push(`${attemptId} ${String(first)}-${String(last)}`);
            await options.between?.(last);
            if (!(await onStaged(first, last))) return;
          }
        },
      },
      options.checksum ?? plan.checksum,
    );
  const pushed = () => queues.sent.flatMap((one) => (one.step === "push" ? one.chunk : []));
  return { runs, queues, staged, stage, pushed, clock };
}

describe("staging a run's chunks", () => {
  it("sends each series on its way once it lies there and that is written down", async () => {
    const { stage, staged, pushed, runs, queues } = aSituation();
    const before: [number, number][] = [];
    await stage({
      between: async () => {
        before.push([runs.stored.get("run-1")?.stagedChunks ?? -1, pushed().length]);
      },
    });
    expect(staged).toEqual(["attempt-1 1-10", "attempt-1 11-20", "attempt-1 21-25"]);
    expect(before).toEqual([
      [0, 0],
      [10, 10],
      [20, 20],
    ]);
    expect(pushed()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(runs.stored.get("run-1")).toMatchObject({ stagedChunks: 25 });
    expect(queues.sent.at(-1)).toMatchObject({ step: "confirm", round: 0 });
  });

  it("puts off a message until its chunk's turn is near, counted from the first", async () => {
    const { stage, queues } = aSituation({}, 60);
    await stage();
    const delays = queues.sent.flatMap((one) => (one.step === "push" ? one.delaySeconds : []));
    expect(delays.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 0));
    // The 60th chunk's turn comes after 6.1 s, of which 1.25 s have passed, and messages come 2 s before.
    expect(delays.at(-1)).toBe(2);
  });

  it("goes on where another worker left off, and sends anew what that one may not have sent", async () => {
    const { stage, staged, pushed, runs } = aSituation({ stagedChunks: 10 });
    runs.chunks.set("run-1/3", {
      state: "settled",
      runId: "run-1",
      chunk: 3,
      jobs: 1,
      outcome: { imported: 10_000, refused: 0, unsent: 0 },
    });
    await stage();
    expect(staged).toEqual(["attempt-1 11-20", "attempt-1 21-25"]);
    expect(pushed()).toEqual([
      1,
      2,
      4,
      5,
      6,
      7,
      8,
      9,
      10,
      ...Array.from({ length: 15 }, (_, n) => n + 11),
    ]);
  });

  it("stops the run when what is prepared now is not what was prepared then", async () => {
    const { stage, staged, runs, queues } = aSituation({ stagedChunks: 10 });
    await stage({ checksum: "d15ea5e" });
    expect(staged).toEqual([]);
    expect(runs.stored.get("run-1")).toMatchObject({ stop: { code: "stagingInterrupted" } });
    expect(queues.sent).toMatchObject([{ step: "confirm" }]);
  });

  it("stages no more of a run that is stopped", async () => {
    const { stage, staged, pushed, runs } = aSituation();
    await stage({
      between: async (last) => {
        if (last === 20) await runs.stop("run-1", problem("runCanceled"));
      },
    });
    expect(staged).toEqual(["attempt-1 1-10", "attempt-1 11-20"]);
    expect(pushed()).toHaveLength(10);
    expect(runs.stored.get("run-1")).toMatchObject({ stagedChunks: 10 });
  });

  it("has nothing to do for a run without chunks but to settle it", async () => {
    const { stage, staged, queues } = aSituation({ stagedChunks: 25, settledChunks: 25 });
    await stage();
    expect(staged).toEqual([]);
    expect(queues.sent).toMatchObject([{ step: "settle" }]);
  });
});
