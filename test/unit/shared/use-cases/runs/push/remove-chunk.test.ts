import { describe, expect, it } from "@jest/globals";
import { defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import { problem } from "../../../../../../shared/domain/problems/problem";
import { noRemovals } from "../../../../../../shared/domain/runs/run";
import type { KlaviyoFailure } from "../../../../../../shared/ports";
import { confirmRun } from "../../../../../../shared/use-cases/runs/confirm/confirm-run";
import { pushChunk } from "../../../../../../shared/use-cases/runs/push/push-chunk";
import { aConnection, aPlan, aRun } from "../../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeJobs, fakeQueues, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeMetrics } from "../../../../../support/fakes/scheduling";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

const leavers = ["a@x.io", "b@x.io", "c@x.io"];

/** A run with nothing to import and one removal chunk of three, two of whom are on the list. */
function aSituation(
  overrides: {
    run?: Parameters<typeof aRun>[0];
    onList?: readonly string[];
    removals?: (KlaviyoFailure | "lost")[];
    failure?: KlaviyoFailure;
    listExists?: boolean;
    slotIn?: number;
  } = {},
) {
  const clock = fakeClock();
  const connection = aConnection();
  const members = new Set(overrides.onList ?? ["a@x.io", "c@x.io", "member@x.io"]);
  const plan = aPlan({ chunkSizes: [], removalSizes: [3], leaving: 3 });
  const runs = fakeRunStore(
    aRun({ status: "running", plan, removals: { ...noRemovals, leaving: 3 }, ...overrides.run }),
  );
  const { removals, failure, listExists } = overrides;
  const connections = fakeConnectionStore(connection);
  const secrets = fakeSecretStore({ [connection.secretArn]: "pk_test" });
  const limiter = fakeLimiter(clock, overrides.slotIn ?? 0);
  const klaviyo = fakeJobs({
    members,
    removals,
    failure,
    listExists,
  });
  const dependencies = {
    connections,
    runs,
    files: fakeRunFiles({ 1: leavers, 2: leavers }),
    klaviyo: accessTo(klaviyo, { connections, secrets, clock, limiter }),
    queues: fakeQueues(),
    metrics: fakeMetrics(),
    clock,
    log: fakeLog(),
    tuning: defaultTuning,
  };
  const push = async (attempt = 0, chunk = 1) =>
    pushChunk(
      dependencies,
      { step: "push", runId: "run-1", chunk, attempt },
      new Date(clock.now().getTime() + 60_000),
    );
  return {
    ...dependencies,
    ...{ dependencies, klaviyo, members },
    push,
    removals: () => runs.stored.get("run-1")?.removals,
    chunk: () => runs.chunks.get("run-1/1"),
  };
}

describe("taking a chunk off the list", () => {
  it("removes those who are on it, in one call, and sends the run to its settlement", async () => {
    const { push, members, klaviyo, queues, removals } = aSituation();
    await push();
    expect(klaviyo.removed).toEqual([["a@x.io", "c@x.io"]]);
    expect([...members]).toEqual(["member@x.io"]);
    expect(removals()).toEqual({ leaving: 3, removed: 2, notFound: 1, unremoved: 0 });
    expect(queues.sent).toMatchObject([{ step: "settle" }]);
  });

  it("reads every page of the answers", async () => {
    const { push, klaviyo } = aSituation({ onList: leavers });
    await push();
    expect(klaviyo.calls.filter((call) => call === "listProfiles")).toHaveLength(2);
    expect(klaviyo.removed).toEqual([leavers]);
  });

  it("asks Klaviyo to remove nobody when nobody is on the list", async () => {
    const { push, klaviyo, removals } = aSituation({ onList: ["member@x.io"] });
    await push();
    expect(klaviyo.calls).not.toContain("removeFromList");
    expect(removals()).toMatchObject({ removed: 0, notFound: 3 });
  });

  it("counts as removed who was removed by a call whose answer was lost", async () => {
    const { push, queues, removals } = aSituation({ removals: ["lost"] });
    await push();
    expect(queues.sent).toMatchObject([{ step: "push", attempt: 1 }]);
    expect(removals()).toMatchObject({ removed: 0 });
    await push(1);
    expect(removals()).toEqual({ leaving: 3, removed: 2, notFound: 1, unremoved: 0 });
  });

  it("does nothing when it has been done", async () => {
    const { push, klaviyo } = aSituation();
    await push();
    const calls = klaviyo.calls.length;
    await push();
    expect(klaviyo.calls).toHaveLength(calls);
  });

  it("looks the profiles up anew when Klaviyo does not know an id any more", async () => {
    const unknown = { code: "invalid", detail: "Profile ID", pointer: "/data/0/id" };
    const { push, queues, klaviyo, removals } = aSituation({
      removals: [{ kind: "invalid", errors: [unknown] }],
    });
    await push();
    expect(queues.sent).toMatchObject([{ step: "push", attempt: 1 }]);
    await push(1);
    expect(klaviyo.removed).toHaveLength(1);
    expect(removals()).toMatchObject({ removed: 2, unremoved: 0 });
  });

  it("comes back later when there is no slot, and keeps its attempts", async () => {
    const { push, queues, chunk } = aSituation({ slotIn: 90_000 });
    await push();
    expect(queues.sent).toMatchObject([{ step: "push", attempt: 0, delaySeconds: 90 }]);
    expect(chunk()).toMatchObject({ state: "sending", leaseUntil: 0 });
  });

  it.each([
    [{ kind: "keyRefused" } as const, "keyRefused"],
    [{ kind: "scopesMissing", detail: "lists:write" } as const, "scopesMissing"],
  ])("stops the run when a person must act: %j", async (failure, code) => {
    const { push, runs, removals } = aSituation({ failure });
    await push();
    expect(runs.stored.get("run-1")?.stop).toMatchObject({ code });
    expect(removals()).toMatchObject({ removed: 0, unremoved: 3 });
  });

  it("stops the run when the list is gone", async () => {
    const { push, runs } = aSituation({ failure: { kind: "notFound" }, listExists: false });
    await push();
    expect(runs.stored.get("run-1")?.stop).toMatchObject({ code: "listNotFound" });
  });

  it("gives up after so many attempts, and says that nobody was removed", async () => {
    const failure = { kind: "unavailable", reason: "status 503" } as const;
    const { push, removals, chunk } = aSituation({ failure });
    await push(defaultTuning.attempts);
    expect(removals()).toEqual({ leaving: 3, removed: 0, notFound: 0, unremoved: 3 });
    expect(chunk()).toMatchObject({ outcome: { problem: { code: "klaviyoUnavailable" } } });
  });

  it("removes nobody of a run that was stopped", async () => {
    const { push, klaviyo, removals } = aSituation({ run: { stop: problem("runCanceled") } });
    await push();
    expect(klaviyo.calls).toEqual([]);
    expect(removals()).toMatchObject({ unremoved: 3 });
  });
});

describe("the order of a run", () => {
  const plan = aPlan({ chunkSizes: [2], removalSizes: [3], leaving: 3 });

  it("leaves a removal chunk alone that comes before all that is to be imported has its fate", async () => {
    const { push, klaviyo, runs } = aSituation({ run: { plan } });
    await push(0, 2);
    expect(klaviyo.calls).toEqual([]);
    expect(runs.chunks.size).toBe(0);
  });

  it("sends the removal chunks on their way once it has, by the confirmation", async () => {
    const situation = aSituation({ run: { plan, phase: "confirming" } });
    const { runs, queues, clock } = situation;
    const confirm = (round: number) =>
      confirmRun(
        situation.dependencies,
        { step: "confirm", runId: "run-1", round },
        new Date(clock.now().getTime() + 120_000),
      );
    await confirm(0);
    expect(queues.sent).toMatchObject([{ step: "confirm", round: 1 }]);
    await runs.settleChunk("run-1", 1, { imported: 2, refused: 0, unsent: 0 }, clock.now());
    queues.sent.length = 0;
    await confirm(1);
    expect(queues.sent).toMatchObject([
      { step: "push", chunk: 2, attempt: 0 },
      { step: "confirm", round: 2 },
    ]);
    expect(runs.stored.get("run-1")?.phase).toBe("removing");
    queues.sent.length = 0;
    await confirm(2);
    expect(queues.sent).toMatchObject([{ step: "confirm", round: 3 }]);
  });
});
