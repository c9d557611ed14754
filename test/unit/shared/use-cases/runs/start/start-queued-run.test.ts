import { describe, expect, it } from "@jest/globals";
import type { StartMessage } from "../../../../../../shared/domain/runs/messages";
import { startQueuedRun } from "../../../../../../shared/use-cases/runs/start/start-queued-run";
import { aConnection, anExport, aRun } from "../../../../../support/builders";
import { fakeClock, fakeIds } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

const scheduledFor = "2026-11-02T08:00:00.000Z";
const runId = "export-1-202611020800";
const scheduled: StartMessage = {
  step: "start",
  runId,
  exportId: "export-1",
  connectionId: "connection-1",
  scheduledFor,
};
const { scheduledFor: _instant, ...unscheduled } = scheduled;
const onDemand: StartMessage = { ...unscheduled, runId: "run-9", requestedBy: "contributor-1" };

function aSituation({ exports = [anExport()], runs = [] as ReturnType<typeof aRun>[] } = {}) {
  const dependencies = {
    connections: fakeConnectionStore(aConnection({ exportUser: "export-user-1" })),
    exports: fakeExportStore(...exports),
    runs: fakeRunStore(...runs),
    queues: fakeQueues(),
    clock: fakeClock(),
    ids: fakeIds(),
    log: fakeLog(),
  };
  return { ...dependencies, start: (message = scheduled) => startQueuedRun(dependencies, message) };
}

const going = () =>
  aSituation({
    exports: [
      anExport({ currentRun: { runId: "run-1", claimedAt: scheduledFor }, lastRunId: "run-1" }),
    ],
    runs: [aRun({ status: "running" })],
  });

describe("a start that somebody asked for", () => {
  const unshared = aConnection({
    connectionId: "connection-2",
    displayName: "Other",
    sharing: "administrators",
  });

  it("is dropped when the connection is not shared with them any more", async () => {
    const { start, runs, connections, exports, log } = aSituation();
    await connections.update({ ...aConnection(), sharing: "administrators", version: 2 }, 1);

    await start({ ...onDemand, role: "Contributor" });

    expect(runs.stored.size).toBe(0);
    expect(exports.stored.get("export-1")?.currentRun).toBeUndefined();
    expect(log.lines).toMatchObject([
      { event: "startDropped", details: { reason: "notPermitted" } },
    ]);
  });

  it("is dropped when the export has moved to a connection that is not shared with them", async () => {
    const { start, runs, connections, exports } = aSituation();
    await connections.create(unshared);
    exports.stored.set("export-1", anExport({ connectionId: "connection-2" }));

    await start({ ...onDemand, role: "Contributor" });

    expect(runs.stored.size).toBe(0);
  });

  it("is made for an administrator whatever is shared, and for messages of older versions as for a contributor", async () => {
    const { start, runs, connections } = aSituation();
    await start({ ...onDemand, runId: "run-8" });
    await runs.end("run-8", {
      kind: "unplanned",
      status: "failed",
      at: new Date(scheduledFor),
    });
    await connections.update({ ...aConnection(), sharing: "administrators", version: 2 }, 1);

    await start({ ...onDemand, runId: "run-9" });
    await start({ ...onDemand, runId: "run-10", role: "Administrator" });

    expect([...runs.stored.keys()]).toEqual(["run-8", "run-10"]);
  });
});

describe("a start from the queue", () => {
  it("makes a scheduled run under the connection's export user", async () => {
    const { start, runs, queues } = aSituation();

    await start();

    expect(runs.stored.get(runId)).toMatchObject({
      status: "queued",
      trigger: "scheduled",
      scheduledFor,
      requestedBy: "export-user-1",
    });
    expect(queues.sent).toMatchObject([{ step: "prepare", runId }]);
  });

  it("makes one run, however often it comes", async () => {
    const { start, runs, exports } = aSituation();

    await Promise.all([start(), start(), start()]);
    await runs.end(runId, {
      kind: "unplanned",
      status: "failed",
      at: new Date(scheduledFor),
    });
    await exports.releaseRun("export-1", runId);
    await start();

    expect([...runs.stored.keys()]).toEqual([runId]);
    expect(runs.stored.get(runId)?.status).toBe("failed");
    expect(exports.stored.get("export-1")?.currentRun).toBeUndefined();
  });

  it("sends the run on when the worker before died between the two", async () => {
    const { start, runs, queues, exports } = aSituation();
    queues.prepare = async () => {
      throw new Error("SQS is away");
    };
    await expect(start()).rejects.toThrow("SQS is away");
    const prepared: string[] = [];
    queues.prepare = async (_group, id) => {
      prepared.push(id);
    };

    await start();

    expect(prepared).toEqual([runId]);
    expect([...runs.stored.keys()]).toEqual([runId]);
    expect(exports.stored.get("export-1")?.currentRun?.runId).toBe(runId);
  });

  it("that comes again after a later run does not take that one's place", async () => {
    const { start, exports } = aSituation({
      exports: [anExport({ lastRunId: "run-2" })],
      runs: [aRun({ runId, status: "successful" }), aRun({ runId: "run-2", status: "failed" })],
    });

    await start();

    expect(exports.stored.get("export-1")).toEqual(anExport({ lastRunId: "run-2" }));
  });

  it("is skipped with its reason while the previous run is going, which stays the one that is shown", async () => {
    const { start, runs, exports, queues } = going();

    await start();
    await start();

    expect(runs.stored.get(runId)).toMatchObject({
      status: "skipped",
      problem: { code: "previousRunGoing", params: { runId: "run-1" } },
    });
    expect(exports.stored.get("export-1")?.lastRunId).toBe("run-1");
    expect(queues.sent).toEqual([]);
  });

  it("on demand leaves an export alone that is running", async () => {
    const { start, runs } = going();

    await start(onDemand);

    expect([...runs.stored.keys()]).toEqual(["run-1"]);
  });

  it("on demand is recorded under who asked", async () => {
    const { start, runs } = aSituation();

    await start(onDemand);

    expect(runs.stored.get("run-9")).toMatchObject({
      trigger: "onDemand",
      requestedBy: "contributor-1",
    });
  });

  it("is dropped when the export is gone", async () => {
    const { start, runs, log } = aSituation({ exports: [] });

    await start();

    expect(runs.stored.size).toBe(0);
    expect(log.lines).toMatchObject([
      { event: "startDropped", details: { reason: "exportNotFound" } },
    ]);
  });
});
