import { expect, it } from "@jest/globals";
import { readTuning } from "../../../../../../shared/config/tuning";
import { watchRuns } from "../../../../../../shared/use-cases/runs/watch/watch-runs";
import { aRun } from "../../../../../support/builders";
import { fakeClock, fakeIds } from "../../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

it("a run that can't be moved on keeps nobody from the others, and is told", async () => {
  const runs = fakeRunStore(aRun(), aRun({ runId: "run-2" }), aRun({ runId: "run-3" }));
  const queues = fakeQueues();
  const prepare = queues.prepare;
  queues.prepare = async (group, runId) => {
    if (runId === "run-2") {
      throw new Error("broken");
    }
    await prepare(group, runId);
  };
  const log = fakeLog();
  const clock = fakeClock();
  await clock.sleep(3_600_000);

  const watched = watchRuns({
    ...{ runs, queues, clock, log, ids: fakeIds(), exports: fakeExportStore() },
    ...{ metrics: { put: () => undefined }, tuning: readTuning({}) },
  });

  await expect(watched).rejects.toThrow("broken");
  expect(queues.sent.map((message) => "runId" in message && message.runId)).toEqual([
    "run-1",
    "run-3",
  ]);
  expect(log.lines.filter(({ event }) => event === "runNotWatched")).toMatchObject([
    { details: { runId: "run-2" } },
  ]);
});
