import { beforeAll, describe, expect, it } from "@jest/globals";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { createRunFiles } from "../../../../shared/adapters/aws/s3/run-files";
import { createWorkFiles } from "../../../../shared/adapters/aws/s3/work-files";
import { packSeries } from "../../../../shared/domain/runs/chunk-series";
import { storageKeys } from "../../../../shared/domain/runs/storage-keys";
import { useObjects } from "../backends";

const bucket = "work";
const objects = useObjects();
let client: S3Client;
/** Ranges of the objects that were read. */
let asked: unknown[];

beforeAll(async () => {
  client = objects.client();
  client.middlewareStack.add(
    (next) => (call) => {
      asked.push(Reflect.get(call.input, "Range"));
      return next(call);
    },
    { step: "initialize" },
  );
  asked = [];
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
});

const body = (chunk: number): string => `{"chunk":${String(chunk)}}`;
const stage = (runId: string, series: number, chunks: readonly number[]): Promise<void> =>
  createWorkFiles(client, bucket).upload(storageKeys.chunkSeries(runId, "attempt-1", series), {
    bytes: packSeries(chunks.map((chunk) => [Buffer.from(body(chunk))])),
  });
const read = async (runId: string, chunks: readonly number[]): Promise<string[]> => {
  const files = createRunFiles(client, bucket);
  const bodies = await Promise.all(
    chunks.map((chunk) => files.readChunk(runId, "attempt-1", chunk)),
  );
  return bodies.map(String);
};

describe("the chunks of a run", () => {
  it("are read each alone from their series, whose head a worker reads once", async () => {
    await stage("run-1", 1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await stage("run-1", 2, [11, 12]);
    asked = [];

    expect(await read("run-1", [9, 1, 10, 12, 11])).toEqual([9, 1, 10, 12, 11].map(body));

    expect(asked).toEqual([
      "bytes=0-127",
      ...["bytes=216-226", "bytes=128-138", "bytes=227-238"],
      "bytes=0-127",
      ...["bytes=140-151", "bytes=128-139"],
    ]);
  });

  it("are read where a run began that was going when this version came", async () => {
    await createWorkFiles(client, bucket).upload(storageKeys.chunkBody("run-2", "attempt-1", 2), {
      bytes: Buffer.from(body(2)),
    });
    // Its further chunks were staged by this version.
    await stage("run-2", 2, [11]);

    expect(await read("run-2", [2, 11])).toEqual([2, 11].map(body));
  });

  it("are read whole when another preparation has staged their series with other lengths", async () => {
    const files = createRunFiles(client, bucket);
    const restage = (...bodies: string[]): Promise<void> =>
      createWorkFiles(client, bucket).upload(storageKeys.chunkSeries("run-4", "attempt-1", 1), {
        bytes: packSeries(bodies.map((one) => [Buffer.from(one)])),
      });
    await restage("{1}", "{2}", "{3}");
    expect(String(await files.readChunk("run-4", "attempt-1", 1))).toBe("{1}");

    await restage("{one}", "{two}", "{three}");

    expect(String(await files.readChunk("run-4", "attempt-1", 2))).toBe("{two}");
    expect(String(await files.readChunk("run-4", "attempt-1", 3))).toBe("{three}");
  });

  it("that are not there are an error, and are found by the next worker once they are", async () => {
    await expect(read("run-3", [1])).rejects.toMatchObject({ name: "NoSuchKey" });
    await stage("run-3", 1, [1]);
    expect(await read("run-3", [1])).toEqual([body(1)]);
  });
});
