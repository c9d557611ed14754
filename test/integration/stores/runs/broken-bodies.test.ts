import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { S3Client } from "@aws-sdk/client-s3";
import { openObject, readObject } from "../../../../shared/adapters/aws/s3/object-body";
import { createS3Client } from "../../../../shared/adapters/aws/s3/s3-client";
import { createSegmentSource } from "../../../../shared/adapters/aws/s3/segment-source";
import { systemClock } from "../../../../shared/adapters/system-clock";
import { patience } from "../../../../shared/adapters/aws/waits";
import { createWorkFiles } from "../../../../shared/adapters/aws/s3/work-files";
import { aSegmentFile } from "../../../support/builders";

/** What becomes of an answer's body after so many bytes. */
interface Break {
  readonly kind: "stall" | "cut";
  readonly after: number;
}

const content = Buffer.from(
  Array.from({ length: 40_000 }, (_, index) => `row ${String(index)}\n`).join(""),
);
const silence = 150;
let server: Server;
let client: S3Client;
let directory: string;
/** For each request in its turn; whole bodies afterwards. */
let breaks: Break[];
let version: string;
let asked: (string | undefined)[];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "broken-bodies-"));
  server = createServer((request, response) => {
    const { range, "if-match": ifMatch } = request.headers;
    asked.push(range);
    if (ifMatch !== undefined && ifMatch !== version) {
      response.writeHead(412).end();
      return;
    }
    const [, start, last] = /bytes=(\d+)-(\d*)/.exec(range ?? "bytes=0-") ?? [];
    const body = content.subarray(Number(start), last === "" ? content.length : Number(last) + 1);
    response.writeHead(range === undefined ? 200 : 206, {
      "content-length": body.length,
      etag: version,
    });
    const broken = breaks.shift();
    if (broken === undefined) {
      response.end(body);
      return;
    }
    response.write(body.subarray(0, broken.after), () => {
      if (broken.kind === "cut") {
        setTimeout(() => response.destroy(), 20);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  client = createS3Client({
    endpoint: `http://127.0.0.1:${String(port)}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
});
afterAll(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true });
});
beforeEach(() => {
  breaks = [];
  version = '"v1"';
  asked = [];
});

const object = { Bucket: "work", Key: "object" };
const whole = async () => buffer(await openObject(client, object, { silence }));

describe("the body of an object of which S3 stops sending", () => {
  it.each(["stall", "cut"] as const)("is gone on with where it stopped (%s)", async (kind) => {
    breaks = [
      { kind, after: 100_000 },
      { kind, after: 7 },
      { kind, after: 150_000 },
    ];

    expect((await whole()).equals(content)).toBe(true);

    expect(asked).toEqual([undefined, "bytes=100000-", "bytes=100007-", "bytes=250007-"]);
  });

  it("is gone on with where it stopped, also when it was not read from its beginning", async () => {
    breaks = [{ kind: "cut", after: 1_000 }];
    const rest = await buffer(await openObject(client, { ...object, from: 50 }, { silence }));
    expect(rest.equals(content.subarray(50))).toBe(true);
    expect(asked).toEqual(["bytes=50-", "bytes=1050-"]);
  });

  it("is gone on with to its end, also when only a part is read", async () => {
    breaks = [{ kind: "cut", after: 1_000 }];
    const part = await readObject(client, { ...object, from: 50, length: 3_000 });
    expect(part.equals(content.subarray(50, 3_050))).toBe(true);
    expect(asked).toEqual(["bytes=50-3049", "bytes=1050-3049"]);
  });

  it.each(["stall", "cut"] as const)("is AWS's trouble when no more comes (%s)", async (kind) => {
    breaks = Array.from({ length: 9 }, () => ({ kind, after: 0 }));

    await expect(whole()).rejects.toMatchObject({
      name: "AwsFailure",
      operation: "GetObject",
      awsError: "the body stalls",
    });
    expect(asked).toHaveLength(4);
  });

  it("is never put together from two versions", async () => {
    breaks = [{ kind: "cut", after: 100_000 }];
    const changed = () => new Error("the segment has changed");
    const body = await openObject(client, object, { silence, changed });
    version = '"v2"';

    await expect(buffer(body)).rejects.toThrow("the segment has changed");
  });

  it("waits for its reader, however slow", async () => {
    const body = await openObject(client, object, { silence });
    const pieces: Buffer[] = [];
    for await (const piece of body) {
      pieces.push(piece as Buffer);
      if (pieces.length === 1) {
        await new Promise((resolve) => setTimeout(resolve, 3 * silence));
      }
    }

    expect(Buffer.concat(pieces).equals(content)).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("arrives whole in whatever reads it", async () => {
    const file = aSegmentFile({ version });
    const target = path.join(directory, "downloaded");
    const work = createWorkFiles(client, "work");
    const readers = {
      segment: async () =>
        buffer(await createSegmentSource(client, "segments", systemClock).open(file)),
      read: () => work.read("key"),
      download: async () => {
        await work.download("key", target);
        return readFile(target);
      },
    };
    for (const [name, read] of Object.entries(readers)) {
      breaks = [{ kind: "cut", after: 1_000 }];
      expect({ name, whole: (await read()).equals(content) }).toEqual({ name, whole: true });
    }
  });

  it("of a segment that is replaced meanwhile is a segment that has changed", async () => {
    breaks = [{ kind: "cut", after: 1_000 }];
    const body = await createSegmentSource(client, "segments", systemClock).open(
      aSegmentFile({ version }),
    );
    version = '"v2"';

    await expect(buffer(body)).rejects.toMatchObject({ problem: { code: "segmentChanged" } });
  });
});

it("sends a file again that S3 could not take", async () => {
  const local = path.join(directory, "local");
  await writeFile(local, content);
  const answers = [503, 500, 200];
  const received: Buffer[] = [];
  const busy = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push(body);
      response.writeHead(answers.shift() ?? 400).end();
    });
  });
  await new Promise<void>((resolve) => {
    busy.listen(0, "127.0.0.1", resolve);
  });
  const { port } = busy.address() as AddressInfo;
  const uploading = createS3Client({
    endpoint: `http://127.0.0.1:${String(port)}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

  await createWorkFiles(uploading, "work").upload("key", { localPath: local });

  expect(received).toHaveLength(3);
  expect(received.every((body) => body.includes(content.subarray(0, 1_000)))).toBe(true);
  uploading.destroy();
  busy.closeAllConnections();
  busy.close();
});

it("gives up a request that is never answered", async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.1", resolve);
  });
  const { port } = silent.address() as AddressInfo;
  const impatient = createS3Client({
    endpoint: `http://127.0.0.1:${String(port)}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: { ...patience.requestHandler, requestTimeout: 50 },
  });

  await expect(openObject(impatient, object)).rejects.toMatchObject({ name: "TimeoutError" });

  impatient.destroy();
  silent.closeAllConnections();
  silent.close();
});
