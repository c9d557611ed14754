import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { WorkFiles } from "../../../../shared/adapters/duckdb/work-files";
import type { ChunkOutcome } from "../../../../shared/domain/runs/chunk";
import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import { createWorkbench, RUN, type Workbench } from "../workbench";

/** Every key that was downloaded: reading the members anew shows in it. */
const downloads: string[] = [];
let dies = false;
const watched = (files: WorkFiles): WorkFiles => ({
  ...files,
  download: (key, localPath) => {
    downloads.push(key);
    return files.download(key, localPath);
  },
  upload: (key, content) => {
    if (dies && key.endsWith("/result.json")) {
      throw new Error("died");
    }
    return files.upload(key, content);
  },
});

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({
    chunkLimits: { maxProfiles: 2, maxBytes: 5_000_000 },
    files: watched,
  });
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const imported = (profiles: number): ChunkOutcome => ({
  imported: profiles,
  refused: 0,
  unsent: 0,
});
const all = new Map([
  [1, imported(2)],
  [2, imported(1)],
]);

async function prepared(): Promise<void> {
  await bench.put("1.csv", "Email\na@x.io\nnobody\nb@x.io\nA@x.io\nc@x.io\n");
  await bench.prepare();
}

/** What an account without a rehearsal comes to. */
async function accountedFromScratch(outcomes: ReadonlyMap<number, ChunkOutcome>) {
  const { numbers, reportKey, snapshotKey } = await bench.accountFor(outcomes);
  return {
    numbers,
    report: (await bench.read(reportKey)).toString(),
    snapshot: await bench.emailsOfSnapshot(snapshotKey),
  };
}

describe("an account that was rehearsed", () => {
  it("counts profiles that are too large as refused, as the run itself does", async () => {
    const large = "ü".repeat(50_000);
    await bench.put(
      "1.csv",
      `Email,Title\na@x.io,Dr\nb@x.io,${large}\nc@x.io,Dr\nd@x.io,${large}\ne@x.io,Dr\n`,
    );
    const { chunks } = await bench.prepare({ mapping: { email: "Email", title: "Title" } });
    expect(chunks.map(({ profiles }) => profiles)).toEqual([2, 1]);
    const expected = await accountedFromScratch(all);
    expect(expected.numbers).toMatchObject({ members: 5, imported: 3, refused: 2, unsent: 0 });
    expect(expected.snapshot).toEqual(["a@x.io", "c@x.io", "e@x.io"]);

    // What a run's plan leads one to expect: its chunks hold no profile that is too large.
    await bench.rehearse(new Map(chunks.map(({ chunk, profiles }) => [chunk, imported(profiles)])));
    downloads.length = 0;

    expect(await accountedFromScratch(all)).toEqual(expected);
    expect(downloads.filter((key) => key.includes("members"))).toEqual([]);
  });

  it("is taken over when the outcomes are those expected, without reading the members again", async () => {
    await prepared();
    const expected = await accountedFromScratch(all);
    await bench.rehearse(all);
    downloads.length = 0;

    // In whichever order the outcomes are listed.
    const result = await bench.accountFor(new Map([...all].reverse()));

    expect(downloads).toEqual([]);
    expect(result.numbers).toEqual(expected.numbers);
    expect((await bench.read(result.reportKey)).toString()).toBe(expected.report);
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual([
      "a@x.io",
      "b@x.io",
      "c@x.io",
    ]);
  });

  it("is left aside when a profile was refused or not sent after all", async () => {
    await prepared();
    await bench.rehearse(all);
    await bench.refuse(1, "confirm", [{ position: 1, code: "invalid", detail: "No" }]);
    const refused = new Map([...all, [1, { imported: 1, refused: 1, unsent: 0 }] as const]);

    const result = await bench.accountFor(refused);

    expect(result.numbers).toMatchObject({ imported: 2, refused: 1, unsent: 0 });
    expect((await bench.read(result.reportKey)).toString()).toContain("b@x.io");
    expect(await bench.emailsOfSnapshot(result.snapshotKey)).toEqual(["a@x.io", "c@x.io"]);
  });

  it("is left aside when it was written for another sync mode", async () => {
    await prepared();
    await bench.rehearse(all, { syncMode: "mirror" });
    downloads.length = 0;
    await bench.accountFor(all);
    expect(downloads).not.toEqual([]);
  });

  it("counts nothing of the refusals that came in while it was written", async () => {
    await prepared();
    await bench.refuse(1, "push", [{ position: 0, code: "invalid", detail: "No" }]);
    await bench.rehearse(all);
    expect((await bench.accountFor(all)).numbers).toMatchObject({ imported: 3, refused: 0 });
  });

  it("does nothing to the run's own report and snapshot before the run has ended", async () => {
    await prepared();
    await bench.rehearse(all);
    expect(await bench.files.list("reports/")).toEqual([]);
    expect(await bench.files.list("snapshots/")).toEqual([]);
  });

  it.each([
    ["is no JSON", "{"],
    ["is of another version", '{"version":1,"numbers":{}}'],
    ["holds numbers that are none", '{"request":{},"accounted":{"numbers":{"rows":"many"}}}'],
  ])("counts for nothing when it %s", async (_what, kept) => {
    await prepared();
    await bench.rehearse(all);
    const key = storageKeys.rehearsal(RUN.runId, RUN.attemptId).result;
    await bench.files.upload(key, { bytes: Buffer.from(kept) });
    downloads.length = 0;
    expect((await bench.accountFor(all)).numbers).toMatchObject({ imported: 3 });
    expect(downloads).not.toEqual([]);
  });

  it("counts for nothing when its writer died before it was complete", async () => {
    await prepared();
    dies = true;
    await expect(bench.rehearse(all)).rejects.toThrow("died");
    dies = false;
    downloads.length = 0;
    expect((await bench.accountFor(all)).numbers).toMatchObject({ imported: 3 });
    expect(downloads).not.toEqual([]);
  });
});
