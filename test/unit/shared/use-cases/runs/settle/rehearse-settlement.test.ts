import { describe, expect, it } from "@jest/globals";
import { problem } from "../../../../../../shared/domain/problems/problem";
import { noNumbers, type Run } from "../../../../../../shared/domain/runs/run";
import type { AccountingRequest } from "../../../../../../shared/ports";
import {
  callForRehearsal,
  rehearseSettlement,
} from "../../../../../../shared/use-cases/runs/settle/rehearse-settlement";
import { settleDeadLetter } from "../../../../../../shared/use-cases/runs/settle/settle-dead-letter";
import { aConnection, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakePreviewStore } from "../../../../../support/fakes/stores/preview-store";
import { fakeQueues } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";

const aPushedRun = (overrides: Partial<Run> = {}): Run & { plan: NonNullable<Run["plan"]> } => ({
  ...aRun({ status: "running", numbers: { ...noNumbers, rows: 5, members: 5 }, ...overrides }),
  plan: aPlan({ chunkSizes: [2, 2, 1] }),
});

function aSituation(
  options: { run?: Run; connected?: boolean; fails?: boolean; endsMeanwhile?: boolean } = {},
) {
  const runs = fakeRunStore(options.run ?? aPushedRun());
  const requests: AccountingRequest[] = [];
  const deleted: string[] = [];
  const log = fakeLog();
  const rehearse = () =>
    rehearseSettlement(
      {
        connections: fakeConnectionStore(...(options.connected === false ? [] : [aConnection()])),
        runs,
        data: {
          delete: async ({ runId }) => {
            deleted.push(runId);
          },
        },
        accounting: {
          rehearse: async (request) => {
            requests.push(request);
            if (options.fails === true) throw new Error("no room");
            if (options.endsMeanwhile === true) {
              runs.stored.set("run-1", { ...aPushedRun(), status: "canceled" });
            }
          },
        },
        log,
      },
      "run-1",
    );
  return { rehearse, requests, deleted, log };
}

describe("rehearsing a run's settlement", () => {
  it("accounts for every chunk as imported whole", async () => {
    const { rehearse, requests, deleted } = aSituation();
    await rehearse();
    expect(requests).toMatchObject([{ runId: "run-1", attemptId: "attempt-1" }]);
    expect([...(requests[0]?.outcomes ?? [])]).toEqual([
      [1, { imported: 2, refused: 0, unsent: 0 }],
      [2, { imported: 2, refused: 0, unsent: 0 }],
      [3, { imported: 1, refused: 0, unsent: 0 }],
    ]);
    expect(deleted).toEqual([]);
  });

  it("expects every leaver to be found on the list", async () => {
    const run = aPushedRun();
    const { rehearse, requests } = aSituation({
      run: { ...run, plan: aPlan({ chunkSizes: [2], removalSizes: [3] }) },
    });
    await rehearse();
    expect(requests[0]?.outcomes.get(2)).toEqual({
      imported: 0,
      refused: 0,
      unsent: 0,
      removals: { removed: 3, notFound: 0, unremoved: 0 },
    });
  });

  it.each([
    ["ended", aPushedRun({ status: "successful" })],
    ["is about to be settled", aPushedRun({ settledChunks: 3 })],
    ["has no plan", aRun({ status: "running" })],
  ])("is left out when the run %s", async (_, run) => {
    const { rehearse, requests } = aSituation({ run });
    await rehearse();
    expect(requests).toEqual([]);
  });

  it("fails nothing when it fails itself, and does not come back", async () => {
    const { rehearse, log } = aSituation({ fails: true });
    await expect(rehearse()).resolves.toBeUndefined();
    expect(log.lines).toMatchObject([{ level: "warn", event: "rehearsalFailed" }]);
  });

  it("leaves no file behind of a run that ended meanwhile, whose connection is removed", async () => {
    const { rehearse, deleted } = aSituation({ connected: false, endsMeanwhile: true });
    await rehearse();
    expect(deleted).toEqual(["run-1"]);
  });

  it("leaves its files to a run that goes on, which needs them for its settlement", async () => {
    const { rehearse, deleted } = aSituation({ connected: false });
    await rehearse();
    expect(deleted).toEqual([]);
  });

  it("ends no run as a dead letter", async () => {
    const runs = fakeRunStore(aPushedRun());
    const queues = fakeQueues();
    await settleDeadLetter(
      {
        runs,
        queues,
        exports: fakeExportStore(),
        previews: fakePreviewStore(),
        clock: fakeClock(),
        log: fakeLog(),
      },
      { step: "rehearse", runId: "run-1" },
    );
    expect(runs.stored.get("run-1")?.status).toBe("running");
    expect(queues.sent).toEqual([]);
  });
});

describe("calling for a rehearsal", () => {
  it.each([
    ["once a run has so many members that their result takes a while", aPushedRun(), 5, 1],
    ["not for a smaller run", aPushedRun(), 6, 0],
    [
      "not when chunks have settled: the message is a late one",
      aPushedRun({ settledChunks: 1 }),
      5,
      0,
    ],
    ["not for a run that was stopped", aPushedRun({ stop: problem("runCanceled") }), 5, 0],
  ])("%s", async (_, run, rehearsalMembers, messages) => {
    const queues = fakeQueues();
    await callForRehearsal({ queues, tuning: { rehearsalMembers } }, run);
    expect(queues.sent.filter(({ step }) => step === "rehearse")).toHaveLength(messages);
  });
});
