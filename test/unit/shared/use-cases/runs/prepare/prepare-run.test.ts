import { describe, expect, it } from "@jest/globals";
import type { Credential } from "../../../../../../shared/domain/klaviyo/credential";
import { DomainError, problem } from "../../../../../../shared/domain/problems/problem";
import type { Run } from "../../../../../../shared/domain/runs/run";
import { defaultTuning } from "../../../../../../shared/domain/runs/tuning";
import type { Preparation, PreparationRequest } from "../../../../../../shared/ports";
import { prepareRun } from "../../../../../../shared/use-cases/runs/prepare/prepare-run";
import {
  aConnection,
  anExport,
  anInstant,
  aPlan,
  aRun,
  aSegmentFile,
} from "../../../../../support/builders";
import { fakeClock, fakeIds, fakeLimiter } from "../../../../../support/fakes/clock-and-ids";
import { accessTo } from "../../../../../support/fakes/klaviyo-access";
import { fakeLog } from "../../../../../support/fakes/log";
import { fakeJobs, fakeQueues, fakeRunFiles } from "../../../../../support/fakes/run-parts";
import { fakeConnectionStore } from "../../../../../support/fakes/stores/connection-store";
import { fakeExportStore } from "../../../../../support/fakes/stores/export-store";
import { fakeListKeeperStore } from "../../../../../support/fakes/stores/list-keeper-store";
import { fakeRunStore } from "../../../../../support/fakes/stores/run-store";
import { fakeSecretStore } from "../../../../../support/fakes/stores/secret-store";
import { fakeSegmentSource } from "../../../../../support/fakes/stores/segment-source";

interface Options {
  readonly run?: Partial<Run>;
  readonly members?: number;
  /** @default 10,000 and 5,000 */
  readonly chunkSizes?: readonly number[];
  readonly rows?: number;
  readonly profileLimit?: number;
  readonly detached?: boolean;
  readonly listExists?: boolean;
  readonly noSegment?: boolean;
  /** Of the segment's file. */
  readonly bytes?: number;
  /** Whether the segment is whole yet. */
  readonly isWhole?: () => boolean;
  /** Whether Klaviyo answers. */
  readonly isUp?: () => boolean;
  /** What reading the rows, or staging them, throws. */
  readonly unreadable?: Error;
  readonly unstageable?: Error;
  /** Happens while the rows are read. */
  readonly meanwhile?: (runs: ReturnType<typeof fakeRunStore>) => Promise<void>;
}

/** A run of two chunks, and all that prepares it. `steps` is what was done, in its order. */
function aSituation(options: Options = {}) {
  const { members = 15_000, rows = members + 1, chunkSizes = [10_000, 5_000] } = options;
  const clock = fakeClock();
  const connection = aConnection({ profileLimit: options.profileLimit ?? 100_000 });
  const connections = fakeConnectionStore(connection);
  const runs = fakeRunStore(aRun(options.run));
  const queues = fakeQueues();
  const jobs = fakeJobs({ listExists: options.listExists ?? true });
  const segments = fakeSegmentSource(
    ...(options.noSegment === true ? [] : [aSegmentFile({ bytes: options.bytes ?? 1_000 })]),
  );
  const steps: string[] = [];
  const within: (number | undefined)[] = [];
  const stagedFor: string[] = [];
  const klaviyo = {
    ...jobs,
    getList: async (credential: Credential, listId: string) => {
      if (options.isUp?.() === false) {
        return { ok: false, failure: { kind: "unavailable", reason: "status 503" } } as const;
      }
      steps.push("list checked");
      return jobs.getList(credential, listId);
    },
  };
  const preparation: Preparation = {
    numbers: { rows, blank: 0, invalid: rows - members, duplicates: 0, members, unchanged: 0 },
    ...{ warnings: [], snapshot: "none", leaving: 0 },
    addListed: async () => 0,
    firstLeavers: async () => [],
    doubtfulLeavers: async () => [],
    stageLeavers: async () => [],
    find: async () => {
      throw new Error("a run looks nobody up");
    },
    sample: async () => {
      throw new Error("a run shows no sample");
    },
    stageRows: async ({ send }) => {
      if (options.unstageable !== undefined) throw options.unstageable;
      steps.push(send ? "rows staged to be sent" : "rows staged to be reported");
      return { chunkSizes: send ? chunkSizes : [], checksum: "c0ffee" };
    },
    stageChunks: async ({ attemptId, after }, onStaged) => {
      if (after < chunkSizes.length) {
        steps.push("chunks staged");
        stagedFor.push(attemptId);
        await onStaged(after + 1, chunkSizes.length);
      }
    },
    close: async () => {
      steps.push("closed");
    },
  };
  const parts = {
    ...{ clock, connections, runs, queues },
    klaviyo: accessTo(klaviyo, {
      ...{ connections, clock },
      secrets: fakeSecretStore({ [connection.secretArn]: "pk_test" }),
      limiter: fakeLimiter(clock),
    }),
    exports: fakeExportStore(
      anExport(
        options.detached === true ? { detached: { at: anInstant, by: "administrator-1" } } : {},
      ),
    ),
    segments: {
      ...segments,
      pin: async (segment: string) =>
        options.isWhole?.() === false
          ? ({
              kind: "unfinished",
              problem: problem("segmentUnfinished", { segment, reason: "its marker is missing" }),
            } as const)
          : segments.pin(segment),
    },
    preparation: {
      prepare: async ({ withinMilliseconds }: Pick<PreparationRequest, "withinMilliseconds">) => {
        steps.push("rows read");
        within.push(withinMilliseconds);
        await options.meanwhile?.(runs);
        if (options.unreadable !== undefined) throw options.unreadable;
        return preparation;
      },
    },
    listKeepers: fakeListKeeperStore(),
    files: fakeRunFiles({}),
    ...{ ids: fakeIds(), tuning: defaultTuning, log: fakeLog(), megabytesPerSecond: 45 },
  };
  return {
    ...{ clock, queues, steps, stagedFor, within },
    prepare: (attempt = 0) =>
      prepareRun(parts, { runId: "run-1", attempt }, new Date(clock.now().getTime() + 900_000)),
    run: () => runs.stored.get("run-1"),
    listName: () => parts.exports.stored.get("export-1")?.listName,
    sent: (step: string) => queues.sent.filter((message) => message.step === step),
  };
}

describe("preparing a run", () => {
  it("checks the list, reads the rows, stages them, and sends each chunk on its way", async () => {
    const { prepare, run, steps, sent } = aSituation();
    await prepare();
    expect(steps).toEqual([
      ...["list checked", "rows read", "rows staged to be sent", "chunks staged", "closed"],
    ]);
    expect(run()).toMatchObject({
      ...{ status: "running", stagedChunks: 2 },
      plan: {
        chunkSizes: [10_000, 5_000],
        checksum: "c0ffee",
        segments: [{ segment: "customers" }],
      },
      numbers: { rows: 15_001, invalid: 1, members: 15_000, imported: 0 },
    });
    expect(sent("push")).toMatchObject([{ chunk: 1 }, { chunk: 2 }]);
  });

  it.each([
    { chunks: 10, order: ["wake", "push", "confirm", "rehearse"] },
    { chunks: 11, order: ["wake", "rehearse", "push", "confirm"] },
  ])(
    "has the result of $chunks chunks rehearsed: of a few once they are sent on their way, of many before",
    async ({ chunks, order }) => {
      const chunkSizes = Array.from({ length: chunks }, () => 1_000);
      const { prepare, steps, queues } = aSituation({ members: chunks * 1_000, chunkSizes });
      await prepare();
      expect([...new Set(queues.sent.map(({ step }) => step))]).toEqual(order);
      expect(steps).toEqual(
        expect.arrayContaining(["list checked", "rows staged to be sent", "chunks staged"]),
      );
    },
  );

  it("sends nothing of what is over the limit, and says so", async () => {
    const { prepare, run, steps, sent } = aSituation({ profileLimit: 14_999 });
    await prepare();
    expect(steps).toContain("rows staged to be reported");
    expect(run()?.plan?.end).toMatchObject({ problem: { code: "overProfileLimit" } });
    expect(sent("push")).toEqual([]);
  });

  it("has all of its invocation but a minute to read and stage the rows", async () => {
    const { prepare, within } = aSituation();
    await prepare();
    expect(within).toEqual([840_000]);
  });

  it("does not begin to read what can't be prepared in that time, and ends once", async () => {
    const { prepare, run, steps, queues } = aSituation({ bytes: 38_000_000_000 });
    await prepare();
    expect(steps).toEqual(["list checked"]);
    expect(run()?.problem).toMatchObject({
      ...{ code: "preparationTooLong", params: { megabytes: 38_000, minutes: 14 } },
    });
    expect(queues.sent.filter(({ step }) => step === "prepare")).toEqual([]);
  });

  it("ends once, with nothing sent, when it is broken off while it reads or stages", async () => {
    const late = new DomainError("preparationTooLong", { megabytes: 900, minutes: 14 });
    for (const options of [{ unreadable: late }, { unstageable: late }]) {
      const { prepare, run, queues } = aSituation(options);
      await prepare();
      expect(run()).toMatchObject({ problem: { code: "preparationTooLong" } });
      expect(queues.sent.filter(({ step }) => step === "prepare" || step === "push")).toEqual([]);
    }
  });

  it("sends nothing where no row has an address, and says in which field none was found", async () => {
    const { prepare, run, sent } = aSituation({ members: 0, rows: 3 });
    await prepare();
    expect(run()?.plan?.end?.problem).toMatchObject({
      ...{ code: "noValidEmail", params: { rows: 3, field: "Email" } },
    });
    expect(sent("push")).toEqual([]);
  });

  it.each([
    ["the list is gone", { listExists: false }, "listNotFound", "failed", ["list checked"]],
    ["the export is detached", { detached: true }, "connectionDetached", "canceled", []],
    ["a segment is missing", { noSegment: true }, "segmentMissing", "skipped", ["list checked"]],
    [
      "a file can't be read",
      { unreadable: new DomainError("segmentUnreadable", { segment: "customers", file: "1.csv" }) },
      "segmentUnreadable",
      "failed",
      ["list checked", "rows read"],
    ],
  ] as const)(
    "ends the run, with nothing staged, when %s",
    async (_what, options, code, status, done) => {
      const { prepare, run, steps, sent } = aSituation(options);
      await prepare();
      expect(run()).toMatchObject({ status, problem: { code } });
      expect(steps).toEqual(done);
      expect(sent("push")).toEqual([]);
    },
  );

  it("keeps what Klaviyo calls the list, unless the list is gone", async () => {
    const { prepare, listName } = aSituation();
    await prepare();
    expect(listName()).toBe("A list");
    const other = aSituation({ listExists: false });
    await other.prepare();
    expect(other.listName()).toBeUndefined();
  });

  it("leaves the run to the next attempt when something breaks, and keeps nothing open", async () => {
    const { prepare, run, steps } = aSituation({ unstageable: new Error("the disk is gone") });
    await expect(prepare()).rejects.toThrow("the disk is gone");
    expect(run()).toMatchObject({ status: "running", phase: "preparing" });
    expect(run()?.plan).toBeUndefined();
    expect(steps.at(-1)).toBe("closed");
  });

  it("goes by the plan of another attempt that was faster", async () => {
    const other = aPlan({ attemptId: "other" });
    const { prepare, run, stagedFor } = aSituation({
      meanwhile: async (runs) => {
        await runs.plan("run-1", other, aRun().numbers, new Date(anInstant));
      },
    });
    await prepare();
    expect(run()?.plan).toMatchObject({ attemptId: "other" });
    expect(stagedFor).toEqual(["other"]);
  });

  it("of a run whose chunks are staged sends them on their way again, and reads nothing", async () => {
    const { prepare, steps, sent } = aSituation({
      run: { status: "running", phase: "pushing", plan: aPlan() },
    });
    await prepare();
    expect(steps).toEqual([]);
    expect(sent("push")).toMatchObject([{ chunk: 1 }, { chunk: 2 }]);
  });

  it("of a run that has ended does nothing", async () => {
    const { prepare, steps, queues } = aSituation({
      run: { status: "canceled", endedAt: anInstant },
    });
    await prepare();
    expect(steps).toEqual([]);
    expect(queues.sent).toEqual([]);
  });
});

describe("a run that can't be prepared yet", () => {
  it.each([
    ["segment", "segmentUnfinished", (done: () => boolean) => ({ isWhole: done })],
    ["klaviyo", "klaviyoUnavailable", (done: () => boolean) => ({ isUp: done })],
  ] as const)("says that it waits for the %s, since when and until when", async (who, code, by) => {
    let done = false;
    const { prepare, run, clock } = aSituation(by(() => done));
    const since = clock.now();

    await prepare();
    expect(run()?.waiting).toMatchObject({
      ...{ for: who, problem: { code } },
      ...{ since: since.toISOString(), at: since.toISOString() },
    });
    const until = Date.parse(run()?.waiting?.until ?? "");
    expect(until).toBeGreaterThan(since.getTime());

    clock.advance(60_000);
    await prepare(1);
    expect(run()?.waiting).toMatchObject({ since: since.toISOString() });
    expect(Date.parse(run()?.waiting?.at ?? "")).toBeGreaterThan(since.getTime());

    done = true;
    await prepare(2);
    expect(run()?.waiting).toBeUndefined();
    expect(run()?.plan).toBeDefined();
  });

  it("waits for nobody any more while the segments are read", async () => {
    let done = false;
    const seen: unknown[] = [];
    const { prepare } = aSituation({
      isWhole: () => done,
      meanwhile: async (runs) => void seen.push((await runs.get("run-1"))?.waiting),
    });
    await prepare();
    done = true;
    await prepare(1);
    expect(seen).toEqual([undefined]);
  });

  it("ends with the reason when it has been tried for long enough, and waits no more", async () => {
    const { prepare, run } = aSituation({ isWhole: () => false });
    await prepare();
    await prepare(defaultTuning.attempts);
    expect(run()).toMatchObject({ status: "skipped", problem: { code: "segmentUnfinished" } });
    expect(run()?.waiting).toBeUndefined();
  });
});
