import { describe, expect, it } from "@jest/globals";
import { messageSchema, wakeToSend } from "../../../../../../shared/domain/runs/messages";
import { wakeUp, wakeWorker } from "../../../../../../shared/use-cases/runs/push/wake-worker";
import { aRun } from "../../../../../support/builders";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

describe("a message that wakes a worker", () => {
  it("is a step of its own, of a run and no chunk", async () => {
    const queues = fakeQueues();
    await wakeWorker({ queues }, aRun());
    expect(queues.sent).toEqual([{ step: "wake", runId: "run-1", delaySeconds: 0 }]);
  });

  it("is read for what it is, and by versions that know no such step as the first chunk's", () => {
    const { wake, ...asOlderVersionsReadIt } = wakeToSend("run-1");
    expect(wake).toBe(true);
    expect(messageSchema.parse(wakeToSend("run-1"))).toEqual({ step: "wake", runId: "run-1" });
    expect(messageSchema.parse(asOlderVersionsReadIt)).toMatchObject({ step: "push", chunk: 1 });
  });

  it("is read too as a later version may send it", () => {
    const message = { step: "wake", runId: "run-1" };
    expect(messageSchema.parse(message)).toEqual(message);
  });

  it("changes nothing, and is over when its worker can't see the run", async () => {
    const runs = fakeRunStore(aRun());
    const log = fakeLog();
    await wakeUp({ runs, log }, { step: "wake", runId: "run-1" });
    expect(runs.stored.get("run-1")).toEqual(aRun());

    runs.get = () => Promise.reject(new Error("no way there"));
    await wakeUp({ runs, log }, { step: "wake", runId: "run-1" });
    expect(log.lines.map(({ event }) => event)).toEqual(["workerWoken", "workerNotWoken"]);
  });
});
