import { describe, expect, it } from "@jest/globals";
import { problem, type ProblemCode } from "../../../../../../shared/domain/problems/problem";
import { noNumbers, noRemovals, type Run } from "../../../../../../shared/domain/runs/run";
import { noSubscriptions } from "../../../../../../shared/domain/exports/subscription";
import { announceEndedRuns } from "../../../../../../shared/use-cases/runs/settle/announce-runs";
import { anExport, aRun } from "../../../../../support/builders";
import { fakeClock } from "../../../../../support/fakes/clock-and-ids";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeAnnouncer, fakeMetrics } from "../../../../../support/fakes/scheduling";

let minute = 0;
/** A run that has ended, a minute after the one before. */
function ended(status: Run["status"], code?: ProblemCode, overrides: Partial<Run> = {}): Run {
  minute += 1;
  const at = new Date(Date.parse("2026-11-02T08:00:00.000Z") + minute * 60_000).toISOString();
  return aRun({
    runId: `run-${minute}`,
    status,
    requestedAt: at,
    endedAt: at,
    movedAt: at,
    ...(code === undefined ? {} : { problem: problem(code) }),
    ...overrides,
  });
}

function aSituation(runs: readonly Run[], rejectionThreshold?: number) {
  const dependencies = {
    exports: fakeExportStore(
      anExport(rejectionThreshold === undefined ? {} : { rejectionThreshold }),
    ),
    runs: fakeRunStore(...runs),
    announcer: fakeAnnouncer(),
    metrics: fakeMetrics(),
    clock: fakeClock(),
    log: fakeLog(),
    stage: "test",
  };
  const mails = () => dependencies.announcer.mails.map(({ subject }) => subject.split(" ")[3]);
  return { ...dependencies, mails, announce: () => announceEndedRuns(dependencies) };
}

const rejected = (refused: number): Partial<Run> => ({ numbers: { ...noNumbers, refused } });

describe("what administrators are told", () => {
  const failed = "failed:";
  const recovered = "recovered:";

  it.each<[string, Run[], string[]]>([
    ["nothing while all is well", [ended("successful"), ended("completedWithWarnings")], []],
    ["once of a failure that lasts", [1, 2, 3].map(() => ended("failed", "keyRefused")), [failed]],
    [
      "once of its end",
      [ended("failed", "keyRefused"), ended("successful"), ended("successful")],
      [failed, recovered],
    ],
    [
      "of another failure",
      [ended("failed", "keyRefused"), ended("failed", "listNotFound"), ended("successful")],
      [failed, failed, recovered],
    ],
    [
      "of a failure that comes back after it had recovered",
      [ended("failed", "keyRefused"), ended("successful"), ended("failed", "keyRefused")],
      [failed, recovered, failed],
    ],
    ["of a run that a person must make possible", [ended("skipped", "overProfileLimit")], [failed]],
    [
      "nothing of starts that were too early, and of canceled runs",
      [
        ended("failed", "keyRefused"),
        ended("skipped", "previousRunGoing"),
        ended("canceled", "exportDeleted"),
        ended("failed", "keyRefused"),
      ],
      [failed],
    ],
  ])("%s", async (_what, runs, expected) => {
    const { announce, mails } = aSituation(runs);

    await announce();

    expect(mails()).toEqual(expected);
  });

  it("is a run that rejects more than the export's threshold, as often as it changes", async () => {
    const runs = [3, 4, 5, 3].map((refused) =>
      ended("completedWithWarnings", undefined, rejected(refused)),
    );
    const { announce, mails, announcer } = aSituation(runs, 3);

    await announce();

    expect(mails()).toEqual([failed, recovered]);
    expect(announcer.mails[0]?.body).toContain(
      "rejected 4 rows, more than the export's threshold of 3",
    );
  });

  it("holds nothing about an older run that is announced late", async () => {
    const late = ended("failed", "keyRefused");
    const { announce, mails, runs } = aSituation([ended("successful")]);
    await announce();

    await runs.create(late);
    await announce();

    expect(mails()).toEqual([]);
  });
});

describe("announcing the end of runs", () => {
  it("happens once for each run, also when several workers do it at once", async () => {
    const runs = Array.from({ length: 25 }, () => ended("successful"));
    const { announce, announcer, metrics } = aSituation([...runs, aRun({ status: "running" })]);

    await Promise.all([announce(), announce(), announce()]);
    await announce();

    expect(announcer.events.map(({ runId }) => runId).sort()).toEqual(
      runs.map(({ runId }) => runId).sort(),
    );
    expect(metrics.lines).toHaveLength(25);
  });

  it("is tried again when it failed, and holds up no other run meanwhile", async () => {
    const stubborn = ended("successful");
    const other = ended("successful", undefined, { exportId: "export-2" });
    const { announce, announcer, clock, log } = aSituation([stubborn, other]);
    const publish = announcer.publish;
    announcer.publish = async (event) => {
      if (event.runId === stubborn.runId) {
        throw new Error("the bus is away");
      }
      await publish(event);
    };

    await announce();
    expect(announcer.events.map(({ runId }) => runId)).toEqual([other.runId]);
    expect(log.lines.filter(({ event }) => event === "runNotAnnounced")).toHaveLength(1);
    announcer.publish = publish;
    clock.advance(180_000);
    await announce();

    expect(announcer.events.map(({ runId }) => runId)).toEqual([other.runId, stubborn.runId]);
  });

  it("says who was subscribed, of runs that subscribe", async () => {
    const numbers = {
      ...{ requested: 21, accepted: 10, uncertain: 0, alreadySubscribed: 5 },
      ...{
        excludedUnsubscribed: 1,
        excludedSuppressed: 1,
        excludedWithoutConsent: 0,
        excludedConsentUnclear: 0,
        excludedWithoutConsentTime: 1,
        failed: 3,
      },
    };
    const subscribing = { batches: 1, done: 1, leaseUntil: 0, numbers };
    const without = ended("failed", "keyRefused");
    const withThem = ended("failed", "listNotFound", { subscribing });
    const { announce, announcer } = aSituation([without, withThem]);

    await announce();

    expect(announcer.events.map(({ subscriptions }) => subscriptions)).toEqual([
      undefined,
      numbers,
    ]);
    expect(Object.keys(numbers)).toEqual(expect.arrayContaining(Object.keys(noSubscriptions)));
    const [plain, telling] = announcer.mails.map(({ body }) => body);
    expect(plain).not.toContain("subscribed");
    expect(telling).toContain(
      "To be subscribed to email marketing: 21, of whom 10 asked for, 5 subscribed or asked before, " +
        "3 excluded, 3 not asked for",
    );
  });

  it("names no person and quotes no text", async () => {
    const run = ended("failed", "segmentUnreadable", { startedAt: "2026-11-02T08:00:00.000Z" });
    const { announce, announcer } = aSituation([run]);

    await announce();

    expect(announcer.events).toEqual([
      {
        version: 1,
        stage: "test",
        runId: run.runId,
        exportId: "export-1",
        connectionId: "connection-1",
        trigger: "onDemand",
        mode: "incremental",
        requestedAt: run.requestedAt,
        startedAt: run.startedAt,
        endedAt: run.endedAt,
        status: "failed",
        numbers: noNumbers,
        removals: noRemovals,
        problem: { culprit: "user", code: "segmentUnreadable" },
      },
    ]);
  });
});
