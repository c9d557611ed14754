import { beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { text } from "node:stream/consumers";
import { createSegmentSource } from "../../../shared/adapters/aws/s3/segment-source";
import { systemClock } from "../../../shared/adapters/system-clock";
import type { SegmentMarker } from "../../../shared/domain/segments/segment-marker";
import type { SegmentFile } from "../../../shared/domain/segments/segment";
import type { SegmentSource } from "../../../shared/ports";
import { useObjects } from "./backends";

const objects = useObjects();
let client: S3Client;
let buckets = 0;
let bucket: string;
let source: SegmentSource;

beforeAll(() => {
  client = objects.client();
});
beforeEach(async () => {
  buckets += 1;
  bucket = `segments-${buckets}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  source = createSegmentSource(client, bucket, systemClock);
});

async function put(key: string, body = "Email\n"): Promise<void> {
  const Body = Buffer.from(body);
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentLength: Body.length }),
  );
}

/** The files of what is pinned; none where there is nothing. */
async function filesOf(from: SegmentSource, segment: string): Promise<readonly SegmentFile[]> {
  const pin = await from.pin(segment);
  return pin.kind === "ready" ? pin.refresh.files : [];
}

describe("a segment's files", () => {
  it("are so many at most, bookkeeping not counted", async () => {
    const few = createSegmentSource(client, bucket, systemClock, { files: 2 });
    await put("segments/vip/a.csv");
    await put("segments/vip/b.csv");
    await put("segments/vip/_SUCCESS", "");
    expect(await filesOf(few, "vip")).toHaveLength(2);

    await put("segments/vip/c.csv");

    for (const ask of [() => filesOf(few, "vip"), () => few.exists("vip")]) {
      await expect(ask()).rejects.toMatchObject({
        problem: { code: "segmentTooLarge", params: { segment: "vip", what: "files", limit: 2 } },
      });
    }
  });

  it("are those below its folder, in name order, without markers and hidden names", async () => {
    await put("segments/vip/b.csv", "Email\n1\n");
    await put("segments/vip/a.csv");
    await put("segments/vip/2026/c.csv.gz");
    await put("segments/vip/", "");
    await put("segments/vip/2026/", "");
    await put("segments/vip/2026_$folder$", "");
    await put("segments/vip/_SUCCESS", "");
    await put("segments/vip/.a.csv.crc");
    await put("segments/vip-2/other.csv");
    await put("elsewhere/vip/other.csv");

    const files = await filesOf(source, "vip");

    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["2026/c.csv.gz", 6],
      ["a.csv", 6],
      ["b.csv", 8],
    ]);
    expect(files[0]).toMatchObject({ segment: "vip", modifiedAt: expect.any(Date) });
    expect(files[0]?.version).toMatch(/^".+"$/);
  });

  it("are those with rows, whatever their writers put beside them", async () => {
    const rows = ["orders/part-1.csv", "part-2.csv", "metadata.csv"];
    const beside = [
      "_committed_8261",
      "_started_8261",
      "part-2.csv.crc",
      "part-2.csv.metadata",
      "part_manifest",
      "manifest",
      "0f1d2c3b-0000-4444-8888-0123456789ab-manifest.csv",
      "model.json",
      "members.manifest.cdm.json",
      "Thumbs.db",
      "orders/desktop.ini",
      "README.md",
      ".DS_Store",
      "__MACOSX/part-2.csv",
    ];
    for (const name of [...rows, ...beside]) {
      await put(`segments/vip/${name}`);
    }
    await put("segments/vip/orders", "");

    const files = await filesOf(source, "vip");

    expect(files.map(({ name }) => name)).toEqual(rows.toSorted());
  });

  it("have the fields of their folders; a folder that begins with _ is hidden unless it has a value", async () => {
    await put("segments/vip/_region=eu%2Fwest/part-0.csv");
    await put("segments/vip/_region=__HIVE_DEFAULT_PARTITION__/part-0.csv");
    await put("segments/vip/_region/part-0.csv");

    const files = await filesOf(source, "vip");

    expect(files.map(({ partition }) => partition)).toEqual([
      [{ name: "_region", value: null }],
      [{ name: "_region", value: "eu/west" }],
    ]);
  });

  it("lie in folders of the same fields, or the segment is refused", async () => {
    await put("segments/vip/_region=eu/part-0.csv");
    await put("segments/vip/part-1.csv");

    await expect(source.pin("vip")).rejects.toMatchObject({
      problem: { code: "partitionsDiffer", params: { fields: "“_region”", otherFields: "none" } },
    });
  });

  it.each([
    ["Delta Lake", "_delta_log/00000000000000000000.json"],
    ["Delta Lake", "country=DE/deletion_vector_4711.bin"],
    ["Apache Hudi", ".hoodie/hoodie.properties"],
    ["Apache Hudi", "country=DE/.hoodie_partition_metadata"],
    ["Apache Iceberg", "members/metadata/00001-7f.metadata.json"],
    ["Apache Iceberg", "metadata/snap-123-1-7f.avro"],
  ])(
    "are refused by name where they are a table of %s, which is still listed (%s)",
    async (format, log) => {
      await put("segments/vip/part-0.parquet");
      await put(`segments/vip/${log}`);

      await expect(filesOf(source, "vip")).rejects.toMatchObject({
        problem: { code: "lakeTable", params: { segment: "vip", format } },
      });
      expect(await source.list({ limit: 10 })).toMatchObject({
        items: [{ name: "vip" }],
      });
    },
  );

  it("are none when there is no such segment, or the name can't be one", async () => {
    await put("segments/vip/a.csv");

    expect(await filesOf(source, "vi")).toEqual([]);
    expect(await filesOf(source, "..")).toEqual([]);
    expect(await filesOf(source, "vip/a.csv")).toEqual([]);
    expect(await filesOf(source, "")).toEqual([]);
  });

  it("are all found when there are more than one answer of S3 holds", async () => {
    const names = Array.from({ length: 1_005 }, (_, index) => `part-${index + 10_000}.csv`);
    for (let start = 0; start < names.length; start += 100) {
      await Promise.all(names.slice(start, start + 100).map((name) => put(`segments/vip/${name}`)));
    }

    const files = await filesOf(source, "vip");

    expect(files.map(({ name }) => name)).toEqual(names);
  });
});

describe("a segment's refresh", () => {
  const pin = (marker?: SegmentMarker) => source.pin("vip", marker);

  it("is unfinished while its marker is missing or older than a file, and proven by one that is not", async () => {
    await put("segments/vip/a.csv");
    const missing = await pin({ kind: "file", name: "ready.txt" });
    await put("segments/vip/ready.txt", "");
    const whole = await pin({ kind: "file", name: "ready.txt" });

    expect(missing).toMatchObject({ kind: "unfinished", problem: { code: "segmentUnfinished" } });
    expect(whole).toMatchObject({
      kind: "ready",
      refresh: { completeness: "proven", files: [{ name: "a.csv" }] },
    });
  });

  it("has the files alone that its manifest lists", async () => {
    await put("segments/vip/old.csv");
    await put("segments/vip/new/a.csv");
    await put("segments/vip/files.txt", "s3://somewhere/segments/vip/new/a.csv\n");

    expect(await pin({ kind: "manifest", name: "files.txt" })).toMatchObject({
      kind: "ready",
      refresh: { completeness: "proven", files: [{ name: "new/a.csv" }] },
    });
  });

  it("can't be told by a manifest of more bytes than a manifest has", async () => {
    await put("segments/vip/a.csv");
    await put("segments/vip/files.txt", "a.csv\n".repeat(1_700_000));

    await expect(pin({ kind: "manifest", name: "files.txt" })).rejects.toMatchObject({
      problem: { code: "manifestUnreadable", params: { file: "files.txt" } },
    });
  });
});

describe("reading a segment's file", () => {
  it("gives the bytes of the version that was listed", async () => {
    await put("segments/my segment é/a.csv", "Email\nx\n");
    const [file] = await filesOf(source, "my segment é");

    expect(await text(await source.open(file!))).toBe("Email\nx\n");
  });

  it.each([
    ["replaced", () => put("segments/vip/a.csv", "Email\nanother\n")],
    [
      "deleted",
      () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "segments/vip/a.csv" })),
    ],
  ])("fails with segmentChanged when the file was %s since", async (_how, change) => {
    await put("segments/vip/a.csv", "Email\n");
    const [file] = await filesOf(source, "vip");
    await change();

    await expect(source.open(file!)).rejects.toMatchObject({
      problem: { code: "segmentChanged", params: { segment: "vip", file: "a.csv" } },
    });
  });

  it("fails as an AWS failure, without S3's own text, when the bucket is not there", async () => {
    const missing = createSegmentSource(client, "no-such-bucket", systemClock);

    await expect(filesOf(missing, "vip")).rejects.toMatchObject({
      name: "AwsFailure",
      message: "ListObjectsV2 failed: NoSuchBucket",
    });
  });
});

describe("the list of segments", () => {
  it("tells files, bytes and the newest file's time of each", async () => {
    await put("segments/vip/a.csv", "12345");
    await put("segments/vip/b.csv", "123");
    await put("segments/vip/_SUCCESS", "");
    const files = await filesOf(source, "vip");
    const newest = Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()));

    expect(await source.list({ limit: 10 })).toEqual({
      items: [
        {
          ...{ name: "vip", source: "bucket", files: 2, bytes: 8 },
          refreshedAt: new Date(newest).toISOString(),
        },
      ],
    });
  });

  it("is empty without segments", async () => {
    expect(await source.list({ limit: 10 })).toEqual({ items: [] });
  });

  it.each([1, 2, 3, 4, 100])("holds every segment once in pages of %i", async (limit) => {
    // "x", "x-1" and "x0" sort differently as names and as folders.
    for (const name of ["b", "x", "x-1", "x0"]) {
      await put(`segments/${name}/a.csv`);
    }
    // None of these is a segment.
    await put("segments/readme.txt");
    await put("segments/empty/_SUCCESS", "");
    await put("segments/.hidden/a.csv");
    await put("segments/a#b/a.csv");

    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await source.list({ limit, after });
      expect(page.items.length).toBe(Math.min(limit, 4 - seen.length));
      seen.push(...page.items.map(({ name }) => name));
      after = page.next;
    } while (after !== undefined);

    expect(seen.sort()).toEqual(["b", "x", "x-1", "x0"]);
  });

  it.each(["nonsense", Buffer.from('{"segment":"../x"}').toString("base64url")])(
    "refuses “%s” as a cursor",
    async (after) => {
      await expect(source.list({ limit: 1, after })).rejects.toMatchObject({
        problem: { code: "invalidRequest" },
        field: "/after",
      });
    },
  );
});
