import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { FieldMapping } from "../../../../shared/domain/exports/field-mapping";
import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import { createWorkbench, RUN, type Workbench } from "../workbench";

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterEach(() => bench.clear());
afterAll(() => bench.remove());

const csv = (...emails: string[]): string => `Email\n${emails.join("\n")}\n`;
const seriesKey = (series: number): string =>
  storageKeys.chunkSeries(RUN.runId, RUN.attemptId, series);
const emailsOf = (body: Buffer): string[] =>
  JSON.parse(body.toString()).data.attributes.profiles.data.map(
    (profile: { attributes: { email: string } }) => profile.attributes.email,
  );

describe("preparing a run", () => {
  it("keeps the first row of each email over all files and segments, in their order", async () => {
    await bench.put("zeta/1.csv", "Email,Id\nb@x.io,1\n  A@X.io ,2\n");
    await bench.put("zeta/2.ndjson", '{"id":1,"email":"c@x.io"}\n{"id":2,"email":"a@x.io"}\n');
    await bench.put("alpha/1.csv", "Id;EMAIL\n1;a@x.io\n2;\n3;nobody\n4;B@x.io\n5;d@x.io\n");
    const run = await bench.prepare({ segments: ["zeta", "alpha"] });
    const common = { unchanged: false, chunk: 1 };
    expect(run.members).toEqual([
      { ...common, segment: "zeta", file: "1.csv", row: 1, email: "b@x.io", position: 0 },
      { ...common, segment: "zeta", file: "1.csv", row: 2, email: "a@x.io", position: 1 },
      { ...common, segment: "zeta", file: "2.ndjson", row: 1, email: "c@x.io", position: 2 },
      { ...common, segment: "alpha", file: "1.csv", row: 5, email: "d@x.io", position: 3 },
    ]);
    const alpha = { segment: "alpha", file: "1.csv" };
    expect(run.setAside).toEqual([
      { segment: "zeta", file: "2.ndjson", row: 2, email: "a@x.io", category: "duplicate" },
      { ...alpha, row: 1, email: "a@x.io", category: "duplicate" },
      { ...alpha, row: 2, email: null, category: "blank" },
      { ...alpha, row: 3, email: "nobody", category: "invalid" },
      { ...alpha, row: 4, email: "b@x.io", category: "duplicate" },
    ]);
    expect(run.numbers).toEqual({
      rows: 9,
      blank: 1,
      invalid: 1,
      duplicates: 3,
      members: 4,
      unchanged: 0,
    });
    expect(emailsOf(await bench.body(1))).toEqual(run.members.map(({ email }) => email));
  });

  it("builds the import job's body as Klaviyo's reference has it", async () => {
    await bench.put("m.csv", csv("a@x.io", "o'neil+{1}@x.io"));
    await bench.prepare();
    expect((await bench.body(1)).toString()).toBe(
      '{"data":{"type":"profile-bulk-import-job","attributes":{"profiles":{"data":[' +
        '{"type":"profile","attributes":{"email":"a@x.io"}},' +
        `{"type":"profile","attributes":{"email":"o'neil+{1}@x.io"}}` +
        ']}},"relationships":{"lists":{"data":[{"type":"list","id":"LIST01"}]}}}}',
    );
  });

  it("divides members into chunks of 10,000, numbered without gaps", async () => {
    await bench.put("m.csv", csv(...Array.from({ length: 20_001 }, (_, row) => `c${row}@x.io`)));
    const run = await bench.prepare();
    expect(run.chunks).toEqual([
      { chunk: 1, profiles: 10_000 },
      { chunk: 2, profiles: 10_000 },
      { chunk: 3, profiles: 1 },
    ]);
    expect(emailsOf(await bench.body(2))[0]).toBe("c10000@x.io");
    expect(run.members[20_000]).toMatchObject({ chunk: 3, position: 0 });
  });

  it.each([
    { maxProfiles: 50, maxBytes: 1_000_000 },
    { maxProfiles: 50, maxBytes: 2_000 },
    { maxProfiles: 7, maxBytes: 2_000 },
    { maxProfiles: 50, maxBytes: 320 },
  ])("keeps every body within %j", async (chunkLimits) => {
    const small = await createWorkbench({ chunkLimits });
    try {
      const emails = Array.from(
        { length: 333 },
        (_, row) => `${"c".repeat((row * 37) % 60)}${row}@${"d".repeat(row % 20)}x.io`,
      );
      await small.put("m.csv", csv(...emails));
      const run = await small.prepare();
      const sent: string[] = [];
      for (const [index, { chunk, profiles }] of run.chunks.entries()) {
        const body = await small.body(chunk);
        const inBody = emailsOf(body);
        expect(chunk).toBe(index + 1);
        expect(body.length).toBeLessThanOrEqual(chunkLimits.maxBytes);
        expect(inBody.length).toBeLessThanOrEqual(chunkLimits.maxProfiles);
        expect(inBody).toHaveLength(profiles);
        expect(
          run.members.filter((member) => member.chunk === chunk).map(({ email }) => email),
        ).toEqual(inBody);
        expect(
          run.members.filter((member) => member.chunk === chunk).map(({ position }) => position),
        ).toEqual(inBody.map((_, position) => position));
        sent.push(...inBody);
      }
      expect(sent).toEqual(emails);
    } finally {
      await small.remove();
    }
  });

  it("stages chunks in series and in order, from where another attempt left off", async () => {
    const small = await createWorkbench({ chunkLimits: { maxProfiles: 2, maxBytes: 5_000 } });
    try {
      await small.put("m.csv", csv(...Array.from({ length: 45 }, (_, row) => `c${row}@x.io`)));
      const all = await small.prepare();
      expect(all.series).toEqual([
        [1, 10],
        [11, 20],
        [21, 23],
      ]);
      const bodies = await Promise.all(all.chunks.map(({ chunk }) => small.body(chunk)));
      await small.files.upload(seriesKey(2), { bytes: Buffer.from("as it was staged") });
      await small.files.upload(seriesKey(3), { bytes: Buffer.from("in the midst of it") });

      const rest = await small.prepare({ stagedChunks: 20 });
      expect(rest.series).toEqual([[21, 23]]);
      expect(rest.checksum).toBe(all.checksum);
      expect((await small.read(seriesKey(2))).toString()).toBe("as it was staged");
      expect(await small.body(21)).toEqual(bodies[20]);
    } finally {
      await small.remove();
    }
  });

  it("tells by the checksum whether the chunks are the same", async () => {
    const checksumOf = async (content: string, mapping?: FieldMapping): Promise<string> => {
      await bench.put("m.csv", content);
      return (await bench.prepare(mapping === undefined ? {} : { mapping })).checksum;
    };
    const mapping = { email: "Email", first_name: "First" };
    const content = "Email,First\na@x.io,Ann\nb@x.io,Bob\n";
    const changed = "Email,First\na@x.io,Ann\nb@x.io,Rob\n";
    expect(await checksumOf(content)).toBe(await checksumOf(changed));
    expect(await checksumOf(content)).not.toBe(await checksumOf("Email\nb@x.io\na@x.io\n"));
    expect(await checksumOf(content, mapping)).toBe(await checksumOf(content, mapping));
    expect(await checksumOf(content, mapping)).not.toBe(await checksumOf(changed, mapping));
  });

  it("stages rows without chunks when nothing is to be sent", async () => {
    await bench.put("m.csv", csv("a@x.io", "b@x.io"));
    const run = await bench.prepare({ send: false });
    expect(run.chunks).toEqual([]);
    expect(run.members).toMatchObject([{ chunk: null, position: null }, { chunk: null }]);
    expect(await bench.files.list("staging/")).toEqual(
      [
        storageKeys.leavers(RUN.runId, RUN.attemptId),
        storageKeys.members(RUN.runId, RUN.attemptId),
        storageKeys.setAside(RUN.runId, RUN.attemptId),
      ].toSorted(),
    );
  });

  it("warns and sends everything when the snapshot is lost or damaged", async () => {
    await bench.put("m.csv", csv("a@x.io"));
    await bench.files.upload("snapshots/damaged.parquet", {
      bytes: Buffer.from("PAR1 no more PAR1"),
    });
    for (const snapshotKey of ["snapshots/lost.parquet", "snapshots/damaged.parquet"]) {
      const run = await bench.prepare({ snapshotKey });
      expect(run.warnings).toMatchObject([{ code: "snapshotUnreadable" }]);
      expect(run.numbers).toMatchObject({ members: 1, unchanged: 0 });
    }
  });

  it("takes a snapshot for damaged wherever it is cut off or overwritten", async () => {
    await bench.put("m.csv", csv("a@x.io", "b@x.io", "c@x.io"));
    await bench.prepare();
    const outcomes = new Map([[1, { imported: 3, refused: 0, unsent: 0 }]]);
    const { snapshotKey } = await bench.accountFor(outcomes);
    const whole = await bench.read(snapshotKey);
    const overwritten = (from: number): Buffer =>
      Buffer.concat([whole.subarray(0, from), Buffer.alloc(40, 0xff), whole.subarray(from + 40)]);
    const damaged = [
      Buffer.alloc(0),
      Buffer.from("x"),
      whole.subarray(0, 20),
      whole.subarray(0, whole.length - 1),
      overwritten(4),
      overwritten(whole.length - 60),
    ];
    for (const bytes of damaged) {
      await bench.files.upload(snapshotKey, { bytes });
      expect(await bench.prepare({ snapshotKey })).toMatchObject({
        snapshot: "unreadable",
        warnings: [{ code: "snapshotUnreadable" }],
      });
    }
  });

  it("does not take a snapshot for lost whose download can't be read back from the disk", async () => {
    const withoutDisk = await createWorkbench({
      files: (files) => ({ ...files, download: () => Promise.resolve() }),
    });
    try {
      await withoutDisk.put("m.csv", csv("a@x.io"));
      await expect(withoutDisk.prepare({ snapshotKey: "snapshots/any.parquet" })).rejects.toThrow(
        "IO Error",
      );
    } finally {
      await withoutDisk.remove();
    }
  });

  it("does not take a snapshot for lost that can't be reached just now", async () => {
    const unreachable = await createWorkbench({
      files: (files) => ({
        ...files,
        download: () => Promise.reject(new Error("connection reset")),
      }),
    });
    try {
      await unreachable.put("m.csv", csv("a@x.io"));
      await expect(unreachable.prepare({ snapshotKey: "snapshots/any.parquet" })).rejects.toThrow(
        "connection reset",
      );
      expect(await unreachable.leftovers()).toEqual([]);
    } finally {
      await unreachable.remove();
    }
  });

  it("reads files whose names hold quotes, wildcards and SQL", async () => {
    const name = "a'); DROP TABLE judged; -- *[x]?.csv";
    await bench.put(name, csv("a@x.io"));
    await bench.put("b.csv", csv("b@x.io"));
    const run = await bench.prepare();
    expect(run.members.map(({ file, email }) => [file, email])).toEqual([
      [name, "a@x.io"],
      ["b.csv", "b@x.io"],
    ]);
  });

  it("leaves nothing in the directory for temporary files, also after a failure", async () => {
    await bench.put("1.csv", csv("a@x.io"));
    await bench.prepare();
    expect(await bench.leftovers()).toEqual([]);
    await bench.put("2.csv", "Other\n1\n");
    await expect(bench.prepare()).rejects.toMatchObject({
      problem: { code: "fieldMissing", params: { file: "2.csv" } },
    });
    expect(await bench.leftovers()).toEqual([]);
  });
});
