import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Completeness, SegmentPin } from "../../../../../shared/domain/segments/refresh";
import { problem } from "../../../../../shared/domain/problems/problem";
import type { Export } from "../../../../../shared/domain/exports/export";
import type { SystemSchedule } from "../../../../../shared/domain/schedules/schedule";
import { startRefreshedExports } from "../../../../../shared/use-cases/schedules/start-refreshed-exports";
import { startRun } from "../../../../../shared/use-cases/runs/start/start-run";
import { usualRunOptions } from "../../../../../shared/domain/runs/run-options";
import { aPlan, aSegmentFile, anExport, aRun } from "../../../../support/builders";
import { fakeClock, fakeIds } from "../../../../support/fakes/clock-and-ids";
import { fakeLog } from "../../../../support/fakes/log";
import { fakeQueues } from "../../../../support/fakes/run-parts";
import {
  fakeAnnouncer,
  fakeSettingsStore,
  fakeStartQueue,
} from "../../../../support/fakes/scheduling";
import { fakeExportStore } from "../../../../support/fakes/stores/export-store";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";

const HOUR = 3_600_000;

/** A world with the segments `a` and `b`, exports that follow them, and a start queue that is emptied by hand. */
function aWorld(overrides: Partial<Export> = {}, system?: SystemSchedule) {
  const clock = fakeClock();
  const pins = new Map<string, SegmentPin>();
  const exports = fakeExportStore(
    anExport({ segments: ["a", "b"], schedule: { mode: "onRefresh" }, ...overrides }),
  );
  const runs = fakeRunStore();
  const announcer = fakeAnnouncer();
  const starts = fakeStartQueue();
  const dependencies = {
    ...{ clock, exports, runs, starts, announcer, stage: "test" },
    segments: { pin: async (segment: string) => pins.get(segment) ?? { kind: "missing" as const } },
    settings: fakeSettingsStore(system),
    queues: fakeQueues(),
    ids: fakeIds(),
    log: fakeLog(),
  };
  const stored = (): Export => exports.stored.get("export-1")!;
  return {
    ...dependencies,
    pins,
    stored,
    check: () => startRefreshedExports(dependencies),
    refresh(segment: string, completeness: Completeness = "proven"): void {
      clock.advance(60_000);
      pins.set(segment, {
        kind: "ready",
        refresh: {
          ...{ segment, completeness, refreshedAt: clock.now() },
          files: [aSegmentFile({ segment })],
        },
      });
    },
    /** What the start queue does. */
    async deliver(): Promise<void> {
      for (const { exportId, runId, scheduledFor } of starts.sent.splice(0)) {
        await startRun(dependencies, {
          ...{ exportId, runId, trigger: "scheduled", options: usualRunOptions },
          caller: { userId: "export-user-1" },
          ...(scheduledFor === undefined ? {} : { scheduledFor }),
        });
      }
    },
    /** The run that is going has read what lies there now. */
    prepare(): void {
      const run = runs.stored.get(stored().currentRun?.runId ?? "");
      if (run !== undefined && run.plan === undefined) {
        const segments = stored().segments.flatMap((segment) => {
          const pin = pins.get(segment);
          return pin?.kind === "ready"
            ? [
                {
                  ...{ segment, completeness: pin.refresh.completeness, files: 1 },
                  refreshedAt: pin.refresh.refreshedAt.toISOString(),
                },
              ]
            : [];
        });
        runs.stored.set(run.runId, { ...run, status: "running", plan: aPlan({ segments }) });
      }
    },
    async end(): Promise<void> {
      const runId = stored().currentRun?.runId;
      const run = runs.stored.get(runId ?? "");
      if (runId !== undefined && run !== undefined) {
        runs.stored.set(runId, { ...run, status: "successful" });
        await exports.releaseRun("export-1", runId);
      }
    },
    attempted: () => [...runs.stored.values()].filter(({ status }) => status !== "skipped"),
  };
}
type World = ReturnType<typeof aWorld>;

/** The export's run from its start to its end. */
async function runThrough(world: World): Promise<void> {
  await world.deliver();
  world.prepare();
  await world.end();
}

describe("an export that follows its segments' refreshes", () => {
  test("runs when all are refreshed, and not when some are", async () => {
    const world = aWorld();
    world.refresh("a");
    await world.check();
    expect(world.starts.sent).toEqual([]);
    expect(world.stored().following?.waitingFor).toEqual([{ segment: "b", reason: "missing" }]);

    world.refresh("b");
    await world.check();
    expect(world.starts.sent).toMatchObject([{ exportId: "export-1", runId: "id-0001" }]);
    expect(world.stored().following?.waitingFor).toEqual([]);
    await runThrough(world);

    world.refresh("b");
    await world.check();
    expect(world.attempted()).toHaveLength(1);
    expect(world.stored().following?.waitingFor).toMatchObject([
      { segment: "a", reason: "notRefreshed" },
    ]);
  });

  test("does not run for what was there when its schedule was set", async () => {
    const world = aWorld();
    world.refresh("a");
    world.refresh("b");
    world.clock.advance(HOUR);
    const by = { updatedAt: world.clock.now().toISOString(), updatedBy: "somebody" };
    await world.exports.setSchedule("export-1", { mode: "onRefresh" }, by);
    await world.check();
    expect(world.starts.sent).toEqual([]);
  });

  test("waits for files that nothing marks until they have been still, and for writers that have not ended", async () => {
    const world = aWorld({ segments: ["a", "b"] });
    world.refresh("a", "unknown");
    world.pins.set("b", {
      kind: "unfinished",
      problem: problem("segmentUnfinished", { segment: "b", reason: "" }),
    });
    await world.check();
    expect(world.stored().following?.waitingFor).toMatchObject([
      { segment: "a", reason: "notStill" },
      { segment: "b", reason: "unfinished" },
    ]);
    world.refresh("a", "settled");
    world.refresh("b");
    await world.check();
    expect(world.starts.sent).toHaveLength(1);
  });

  test("runs once more for a refresh that comes while it is running", async () => {
    const world = aWorld({ segments: ["a"] });
    world.refresh("a");
    await world.check();
    await world.deliver();
    world.prepare();
    for (let round = 0; round < 3; round += 1) {
      world.refresh("a");
      await world.check();
    }
    expect(world.starts.sent).toEqual([]);
    await world.end();
    await world.check();
    await runThrough(world);
    await world.check();
    expect(world.attempted()).toHaveLength(2);
    expect(world.starts.sent).toEqual([]);
  });

  test("does not run again for a refresh that a run on demand has read", async () => {
    const world = aWorld({ segments: ["a"] });
    world.refresh("a");
    await startRun(world, {
      ...{ exportId: "export-1", trigger: "onDemand", options: usualRunOptions },
      caller: { userId: "somebody" },
    });
    world.prepare();
    await world.end();
    await world.check();
    expect(world.starts.sent).toEqual([]);
  });

  test("makes up for a start that was skipped because another run had begun meanwhile", async () => {
    const world = aWorld({ segments: ["a"] });
    await startRun(world, {
      ...{ exportId: "export-1", trigger: "onDemand", options: usualRunOptions },
      caller: { userId: "somebody" },
    });
    const claim = world.stored().currentRun!;
    await world.exports.releaseRun("export-1", claim.runId);
    world.prepare();
    world.refresh("a");
    await world.check();
    world.exports.stored.set("export-1", { ...world.stored(), currentRun: claim });
    await world.deliver();
    expect([...world.runs.stored.values()].map(({ problem: why }) => why?.code)).toContain(
      "previousRunGoing",
    );
    await world.end();
    await world.check();
    expect(world.starts.sent).toHaveLength(1);
  });

  test("is told again of a start whose message was lost, under the same id", async () => {
    const world = aWorld({ segments: ["a"] });
    world.refresh("a");
    await world.check();
    const [lost] = world.starts.sent.splice(0);
    await world.check();
    await world.check();
    expect(world.starts.sent).toEqual([lost, lost]);
    await world.deliver();
    expect(world.attempted()).toHaveLength(1);
  });

  test("a failed run has taken its refresh: it is not tried again before the next", async () => {
    const world = aWorld({ segments: ["a"] });
    world.refresh("a");
    await world.check();
    await world.deliver();
    const { runId } = world.stored().currentRun!;
    world.runs.stored.set(runId, aRun({ runId, status: "failed" }));
    await world.exports.releaseRun("export-1", runId);
    await world.check();
    expect(world.starts.sent).toEqual([]);
  });

  test("does not run while it is detached", async () => {
    const world = aWorld({ segments: ["a"], detached: { at: "2026-11-01T00:00:00Z", by: "x" } });
    world.refresh("a");
    await world.check();
    expect(world.starts.sent).toEqual([]);
  });

  test("one that can't be judged keeps nobody from the others", async () => {
    const world = aWorld({ segments: ["a"] });
    world.exports.stored.set(
      "export-2",
      anExport({ exportId: "export-2", segments: ["b"], schedule: { mode: "onRefresh" } }),
    );
    world.refresh("b");
    world.segments.pin = async (segment) => {
      if (segment === "a") {
        throw new Error("no access");
      }
      return world.pins.get(segment)!;
    };
    await world.check();
    expect(world.starts.sent).toMatchObject([{ exportId: "export-2" }]);
    expect(world.stored().following?.waitingFor).toEqual([{ segment: "a", reason: "unreadable" }]);
  });

  test("with the system's schedule it does while that follows refreshes", async () => {
    const schedule = { mode: "system" } as const;
    const world = aWorld(
      { segments: ["a"], schedule },
      { active: true, onRefresh: {}, version: 2 },
    );
    world.refresh("a");
    await world.check();
    expect(world.starts.sent).toHaveLength(1);
    const off = aWorld({ segments: ["a"], schedule }, { active: false, onRefresh: {}, version: 2 });
    off.refresh("a");
    await off.check();
    expect(off.starts.sent).toEqual([]);
  });
});

describe("a segment that is not refreshed in time", () => {
  test("is told once, and again only after the export has recovered", async () => {
    const world = aWorld({
      segments: ["a"],
      schedule: { mode: "onRefresh", overdueAfterHours: 24 },
    });
    world.refresh("a");
    await world.check();
    await runThrough(world);
    world.clock.advance(24 * HOUR);
    await world.check();
    expect(world.announcer.mails).toEqual([]);
    world.clock.advance(60_000);
    await world.check();
    await world.check();
    expect(world.announcer.mails).toMatchObject([
      { body: expect.stringContaining("Code: segmentOverdue") },
    ]);
    expect(world.stored()).toMatchObject({
      health: { failing: "segmentOverdue" },
      following: { waitingFor: [{ segment: "a", reason: "notRefreshed", overdue: true }] },
    });
  });

  test("counts from when the schedule was set where it was never refreshed", async () => {
    const schedule = { mode: "onRefresh", overdueAfterHours: 1 } as const;
    const world = aWorld({ segments: ["a"], schedule });
    world.clock.advance(HOUR / 2);
    const by = { updatedAt: world.clock.now().toISOString(), updatedBy: "somebody" };
    await world.exports.setSchedule("export-1", schedule, by);
    world.clock.advance(HOUR);
    await world.check();
    expect(world.announcer.mails).toEqual([]);
    world.clock.advance(1);
    await world.check();
    expect(world.announcer.mails).toHaveLength(1);
  });
});

/** What may happen, in any order. `check` is an event, the watch, or one that was delivered twice. */
const happenings = fc.array(
  fc.constantFrom("refresh a", "refresh b", "check", "deliver", "prepare", "end"),
  { maxLength: 60 },
);

async function happen(world: World, what: readonly string[], checks = 1): Promise<void> {
  for (const happening of what) {
    switch (happening) {
      case "refresh a":
      case "refresh b":
        world.refresh(happening.slice(-1));
        break;
      case "check":
        for (let time = 0; time < checks; time += 1) await world.check();
        break;
      case "deliver":
        await world.deliver();
        break;
      case "prepare":
        world.prepare();
        break;
      case "end":
        world.prepare();
        await world.end();
    }
  }
}

/** What each run has read, in order. */
function reads(world: World): readonly (readonly string[])[] {
  return world
    .attempted()
    .map(({ plan }) => (plan?.segments ?? []).map(({ refreshedAt }) => refreshedAt));
}

describe("whatever happens in whatever order", () => {
  test("each run reads refreshes of all segments that no run before it has read, and none is left over", async () => {
    await fc.assert(
      fc.asyncProperty(happenings, async (what) => {
        const world = aWorld();
        await happen(world, what);
        // Everything comes to rest.
        for (let round = 0; round < 3; round += 1) {
          await world.check();
          await runThrough(world);
        }
        const found = reads(world);
        for (const [index, [a = "", b = ""]] of found.entries()) {
          const [a1 = "", b1 = ""] = found[index - 1] ?? [];
          expect(a > a1 && b > b1).toBe(true);
        }
        const [lastA = "", lastB = ""] = found.at(-1) ?? [];
        const now = ["a", "b"].map((segment) => {
          const pin = world.pins.get(segment);
          return pin?.kind === "ready" ? pin.refresh.refreshedAt.toISOString() : "";
        });
        expect(now[0]! > lastA && now[1]! > lastB).toBe(false);
      }),
      { seed: 16, numRuns: 300 },
    );
  });

  test("being told twice or five times changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.constantFrom(2, 5), async (what, checks) => {
        const once = aWorld();
        const often = aWorld();
        await happen(once, what);
        await happen(often, what, checks);
        expect(reads(often)).toEqual(reads(once));
      }),
      { seed: 17, numRuns: 100 },
    );
  });
});
