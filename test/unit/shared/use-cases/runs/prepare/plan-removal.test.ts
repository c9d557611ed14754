import { describe, expect, it } from "@jest/globals";
import type { SnapshotReference } from "../../../../../../shared/domain/exports/export";
import type { KlaviyoFailure, Preparation } from "../../../../../../shared/ports";
import { PREPARING_PATIENCE } from "../../../../../../shared/use-cases/runs/prepare/preparation-hindrance";
import { planRemoval } from "../../../../../../shared/use-cases/runs/prepare/plan-removal";
import { aConnection, aRun } from "../../../../../support/builders";
import { fakeClock, fakeLimiter } from "../../../../../support/fakes/clock-and-ids";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeJobs, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";

const reference: SnapshotReference = {
  ...{ key: "snapshots/1", fingerprint: "f", destination: "d", runId: "run-0" },
};
const people = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `p${String(index)}@x.io`);

/** A mirror run of 70 members; 100 people are on the list. */
function aSituation(
  overrides: {
    run?: Parameters<typeof aRun>[0];
    preparation?: Partial<Preparation>;
    snapshot?: SnapshotReference;
    failure?: KlaviyoFailure;
    onList?: readonly string[];
    slotIn?: number;
    /** Leavers of whom it is not known whether they are on the list. */
    doubtful?: readonly string[];
  } = {},
) {
  const clock = fakeClock();
  const connection = aConnection();
  const { settings } = aRun();
  const run = aRun({ settings: { ...settings, syncMode: "mirror" }, ...overrides.run });
  const klaviyo = fakeJobs({
    members: new Set(overrides.onList ?? people(100)),
    failure: overrides.failure,
  });
  const files = fakeRunFiles({});
  const added: string[] = [];
  const numbers = { rows: 70, blank: 0, invalid: 0, duplicates: 0, members: 70, unchanged: 70 };
  const preparation: Preparation = {
    numbers,
    warnings: [],
    snapshot: "loaded",
    leaving: 10,
    addListed: async (listed) => {
      added.push(...("keys" in listed ? listed.keys : []));
      return 40;
    },
    firstLeavers: async () => [],
    doubtfulLeavers: async (atMost) => (overrides.doubtful ?? []).slice(0, atMost),
    stageLeavers: async () => [],
    find: async () => {
      throw new Error("a run looks nobody up");
    },
    sample: async () => ({
      ...{ fresh: 0, tooLarge: 0, bytes: 0, profiles: [], changed: [], rejections: [] },
    }),
    stageRows: async () => ({ chunkSizes: [], checksum: "" }),
    stageChunks: async () => undefined,
    close: async () => undefined,
    ...overrides.preparation,
  };
  const access = accessTo(klaviyo, {
    connections: fakeConnectionStore(connection),
    secrets: fakeSecretStore({ [connection.secretArn]: "pk_test" }),
    clock,
    limiter: fakeLimiter(clock, overrides.slotIn ?? 0),
  });
  const plan = async (attemptId = "attempt-1", patienceMilliseconds = 900_000) =>
    planRemoval(
      { files, clock, log: fakeLog() },
      {
        run,
        attemptId,
        destination: {
          connection,
          klaviyo: await access.over(connection, {
            party: run.runId,
            patience: PREPARING_PATIENCE,
          }),
        },
        snapshot: overrides.snapshot ?? reference,
        deadline: new Date(clock.now().getTime() + patienceMilliseconds),
      },
      preparation,
    );
  return { plan, klaviyo, files, added, numbers };
}

describe("planning a removal", () => {
  it("lets those leave whom the snapshot names, if they are few of the list", async () => {
    const { plan, klaviyo } = aSituation();
    expect(await plan()).toEqual({ kind: "removal", leaving: 10, incomplete: false, warnings: [] });
    expect(klaviyo.calls).toEqual(["getListSize"]);
  });

  it("asks Klaviyo nothing when nobody leaves, or when the run may remove all", async () => {
    const nobody = aSituation({ preparation: { leaving: 0 } });
    expect(await nobody.plan()).toMatchObject({ leaving: 0 });
    const allowed = aSituation({ preparation: { leaving: 90 }, run: { allowMassRemoval: true } });
    expect(await allowed.plan()).toEqual({
      kind: "removal",
      leaving: 90,
      incomplete: false,
      warnings: [],
    });
    expect([nobody.klaviyo.calls, allowed.klaviyo.calls]).toEqual([[], []]);
  });

  it("is held by the guard, which looks at the list in Klaviyo", async () => {
    const { plan } = aSituation({ preparation: { leaving: 31 } });
    expect(await plan()).toMatchObject({
      leaving: 31,
      held: { code: "removalGuard", params: { leaving: 31, listed: 100, percent: 31 } },
    });
  });

  const strangers = (count: number): string[] =>
    people(count).map((email) => email.replace("@", "@nowhere."));

  it.each([
    ["never were on the list, and lets the rest leave", 30, strangers(100), true],
    ["are on the list after all, and holds", 30, [...people(1), ...strangers(99)], false],
    ["are on the list, and lets no more than 30 % leave", 0, people(30), true],
    ["are on the list, and holds when more leave", 0, people(31), false],
  ])("counts leavers who may not be on the list: they %s", async (_what, certain, doubtful, go) => {
    const leaving = certain + doubtful.length;
    const { plan } = aSituation({ preparation: { leaving }, doubtful });
    const planned = await plan();
    expect(planned).toMatchObject({ kind: "removal", leaving });
    expect("held" in planned).toBe(!go);
  });

  it("looks nobody up when it need not, or when they are very many", async () => {
    const few = aSituation({ preparation: { leaving: 30 }, doubtful: strangers(20) });
    const sure = aSituation({ preparation: { leaving: 60 }, doubtful: strangers(20) });
    const nobodyLeft = aSituation({ preparation: { leaving: 60 }, doubtful: strangers(60) });
    nobodyLeft.numbers.members = 0;
    const many = aSituation({ preparation: { leaving: 2_010 }, doubtful: strangers(2_001) });
    expect(await few.plan()).not.toHaveProperty("held");
    for (const { plan } of [sure, nobodyLeft, many]) {
      expect(await plan()).toHaveProperty("held.code", "removalGuard");
    }
    for (const { klaviyo } of [few, sure, nobodyLeft, many]) {
      expect(klaviyo.calls).toEqual(["getListSize"]);
    }
  });

  it("leaves everybody alone in sync mode upsert, and remembers that a snapshot was lost", async () => {
    const upsert = { run: { settings: aRun().settings } };
    expect(await aSituation(upsert).plan()).toEqual({
      ...{ kind: "removal", leaving: 0, incomplete: false, warnings: [] },
    });
    const lost = aSituation({ ...upsert, preparation: { snapshot: "unreadable" } });
    expect(await lost.plan()).toMatchObject({ leaving: 0, incomplete: true });
    const before = aSituation({ ...upsert, snapshot: { ...reference, incomplete: true } });
    expect(await before.plan()).toMatchObject({ leaving: 0, incomplete: true });
  });

  it("reads nothing when the run is over its limit anyway", async () => {
    const { plan, klaviyo, numbers } = aSituation({ preparation: { snapshot: "unreadable" } });
    numbers.members = 1_000_000;
    expect(await plan()).toMatchObject({ leaving: 10, incomplete: true });
    expect(klaviyo.calls).toEqual([]);
  });

  it.each([
    ["throttled", { kind: "throttled", retryAfterMilliseconds: 1_000 }, "putOff"],
    ["away", { kind: "unavailable", reason: "status 503" }, "putOff"],
    ["refusing the key", { kind: "keyRefused" }, "ended"],
    ["without the list", { kind: "notFound" }, "ended"],
  ] as const)("does not go on with Klaviyo %s", async (_what, failure, kind) => {
    expect(await aSituation({ failure }).plan()).toMatchObject({ kind });
  });
});

describe("a snapshot that is lost or incomplete", () => {
  it.each([
    ["lost", { preparation: { snapshot: "unreadable" as const, leaving: 0 } }, 0],
    [
      "incomplete, and lets those leave whom it names",
      { snapshot: { ...reference, incomplete: true as const } },
      10,
    ],
  ])("reads no list, takes off nobody else, and warns: %s", async (_what, situation, leaving) => {
    const { plan, klaviyo, added } = aSituation(situation);
    expect(await plan()).toEqual({
      ...{ kind: "removal", leaving, incomplete: true },
      warnings: [expect.objectContaining({ code: "leaversUnknown" })],
    });
    expect(klaviyo.calls).not.toContain("listProfiles");
    expect(added).toEqual([]);
  });

  it("does so however many the run may remove", async () => {
    const { plan, klaviyo } = aSituation({
      preparation: { snapshot: "unreadable", leaving: 0 },
      run: { allowMassRemoval: true },
    });
    expect(await plan()).toMatchObject({ leaving: 0, incomplete: true });
    expect(klaviyo.calls).toEqual([]);
  });
});

describe("reconciling the list", () => {
  const lost = {
    preparation: { snapshot: "unreadable" as const },
    run: { reconcile: true as const },
  };

  it("reads every page, and lets everybody leave who is no member", async () => {
    const { plan, files, added } = aSituation({ ...lost, onList: people(250) });
    expect(await plan()).toMatchObject({ kind: "removal", leaving: 40 });
    expect([...files.listed.values()].flat()).toEqual(people(250));
    expect(added).toEqual([...files.listed.keys()]);
  });

  it("does so with a snapshot that is there too, and remembers one that was incomplete", async () => {
    for (const snapshot of [reference, { ...reference, incomplete: true as const }]) {
      const onList = people(250);
      const { plan, files } = aSituation({
        ...{ snapshot, onList },
        run: { reconcile: true, allowMassRemoval: true },
      });
      expect(await plan()).toEqual({
        // It is whole when all of them have left, which is seen at the run's end.
        ...{ kind: "removal", leaving: 40, incomplete: "incomplete" in snapshot },
        warnings: [expect.objectContaining({ code: "othersRemoved" })],
      });
      expect([...files.listed.values()].flat()).toEqual(onList);
    }
  });

  it("is held by the guard, and what was lost stays lost then", async () => {
    const { plan } = aSituation({ ...lost, onList: people(100) });
    const held = await plan();
    expect(held).toMatchObject({ leaving: 40, incomplete: true, warnings: [] });
    expect(held).toHaveProperty("held.code", "removalGuard");
  });

  it("goes on where an earlier attempt left off", async () => {
    const onList = people(250);
    const { plan, files, klaviyo, added } = aSituation({
      ...{ ...lost, onList },
      run: { reconcile: true, allowMassRemoval: true },
    });
    await files.writeListed({ runId: "run-1", attemptId: "attempt-0", part: 1 }, people(200));
    await files.writeListing("run-1", { keys: ["attempt-0/1"], after: "200" });
    expect(await plan()).toMatchObject({ kind: "removal", leaving: 40 });
    expect(klaviyo.calls.filter((call) => call === "listProfiles")).toHaveLength(25);
    expect([...files.listed.values()].flat()).toEqual(onList);
    expect(added).toEqual(["attempt-0/1", "attempt-1/2"]);
  });

  it("is put off as a failed attempt when the pages lead round in a circle", async () => {
    const { plan, klaviyo, files } = aSituation(lost);
    let pages = 0;
    klaviyo.listProfiles = async (_key, _listId, { after } = {}) => {
      pages += 1;
      return { ok: true, value: { items: [], next: after === "b" ? "a" : "b" } };
    };
    const planned = await plan();
    expect(planned).toMatchObject({ kind: "putOff", problem: { code: "klaviyoUnavailable" } });
    expect(planned).not.toHaveProperty("advanced");
    expect([pages, files.listed.size]).toEqual([3, 0]);
  });

  it("is put off without counting as failed when the invocation ends before the list", async () => {
    // Three minutes are kept for staging; a page takes a second.
    const { plan, files } = aSituation({ ...lost, onList: people(250), slotIn: 1_000 });
    expect(await plan("attempt-1", 240_000)).toMatchObject({ kind: "putOff", advanced: true });
    expect(files.listed.size).toBe(2);
    expect(await plan("attempt-2")).toMatchObject({ kind: "removal" });
    expect([...files.listed.values()].flat()).toEqual(people(250));
  });
});
