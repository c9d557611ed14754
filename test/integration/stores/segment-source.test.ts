import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import {
  startQueuesAndObjects,
  type QueuesAndObjects,
} from "../../../infra/local/emulators/queues-and-objects";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { createS3Client } from "../../../shared/adapters/aws/s3-client";
import { createSegmentSource } from "../../../shared/adapters/aws/segment-source";
import type { SegmentSource } from "../../../shared/ports";

let directory: string;
let emulator: QueuesAndObjects;
let client: S3Client;
let buckets = 0;
let bucket: string;
let source: SegmentSource;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "segment-source-"));
  emulator = await startQueuesAndObjects(directory, createRequestCounter());
  client = createS3Client({
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
  await rm(directory, { recursive: true });
});
beforeEach(async () => {
  buckets += 1;
  bucket = `segments-${buckets}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  source = createSegmentSource(client, bucket);
});

async function put(key: string, body = "Email\n"): Promise<void> {
  const Body = Buffer.from(body);
  await client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentLength: Body.length }),
  );
}

describe("a segment's files", () => {
  it("are those below its folder, in name order, without markers and hidden names", async () => {
    await put("segments/vip/b.csv", "Email\n1\n");
    await put("segments/vip/a.csv");
    await put("segments/vip/2026/c.csv.gz");
    await put("segments/vip/", "");
    await put("segments/vip/2026/", "");
    await put("segments/vip/2026_$folder$", "");
    await put("segments/vip/_SUCCESS", "");
    await put("segments/vip/_temporary/part.csv");
    await put("segments/vip/.a.csv.crc");
    await put("segments/vip-2/other.csv");
    await put("elsewhere/vip/other.csv");

    const files = await source.files("vip");

    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ["2026/c.csv.gz", 6],
      ["a.csv", 6],
      ["b.csv", 8],
    ]);
    expect(files[0]).toMatchObject({ segment: "vip", modifiedAt: expect.any(Date) });
    expect(files[0]?.version).toMatch(/^".+"$/);
  });

  it("are none when there is no such segment, or the name can't be one", async () => {
    await put("segments/vip/a.csv");

    expect(await source.files("vi")).toEqual([]);
    expect(await source.files("..")).toEqual([]);
    expect(await source.files("vip/a.csv")).toEqual([]);
    expect(await source.files("")).toEqual([]);
  });

  it("are all found when there are more than one answer of S3 holds", async () => {
    const names = Array.from({ length: 1_005 }, (_, index) => `part-${index + 10_000}.csv`);
    for (let start = 0; start < names.length; start += 100) {
      await Promise.all(names.slice(start, start + 100).map((name) => put(`segments/vip/${name}`)));
    }

    const files = await source.files("vip");

    expect(files.map(({ name }) => name)).toEqual(names);
  });
});

describe("reading a segment's file", () => {
  it("gives the bytes of the version that was listed", async () => {
    await put("segments/my segment é/a.csv", "Email\nx\n");
    const [file] = await source.files("my segment é");

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
    const [file] = await source.files("vip");
    await change();

    await expect(source.open(file!)).rejects.toMatchObject({
      problem: { code: "segmentChanged", params: { segment: "vip", file: "a.csv" } },
    });
  });

  it("fails as an AWS failure, without S3's own text, when the bucket is not there", async () => {
    const missing = createSegmentSource(client, "no-such-bucket");

    await expect(missing.files("vip")).rejects.toMatchObject({
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
    const files = await source.files("vip");
    const newest = Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()));

    expect(await source.list({ limit: 10 })).toEqual({
      items: [{ name: "vip", files: 2, bytes: 8, refreshedAt: new Date(newest).toISOString() }],
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
      const page = await source.list({ limit, ...(after === undefined ? {} : { after }) });
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
