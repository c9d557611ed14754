import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { localCredentials } from "../../../../infra/local/aws-identity";
import { createFront } from "../../../../infra/local/front/front";
import {
  startQueuesAndObjects,
  type QueuesAndObjects,
} from "../../../../infra/local/emulators/queues-and-objects";
import { createRequestCounter } from "../../../../infra/local/request-statistics";
import { createS3Client } from "../../../../shared/adapters/aws/s3/s3-client";
import { createWorkFiles } from "../../../../shared/adapters/aws/s3/work-files";
import { WorkFileNotFound, type WorkFiles } from "../../../../shared/adapters/duckdb/work-files";

const bucket = "work";
let directory: string;
let emulator: QueuesAndObjects;
let client: S3Client;
let files: WorkFiles;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "work-files-"));
  emulator = await startQueuesAndObjects(directory, createRequestCounter(), createFront());
  client = createS3Client({
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: localCredentials,
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  files = createWorkFiles(client, bucket);
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
  await rm(directory, { recursive: true });
});

describe("the work bucket's files", () => {
  it("are copied within it, in place of what was there", async () => {
    await files.upload("staging/run-1/a.csv", { bytes: Buffer.from("new") });
    await files.upload("reports/run-1/a.csv", { bytes: Buffer.from("old") });
    await files.copy("staging/run-1/a.csv", "reports/run-1/a.csv");
    expect((await files.read("reports/run-1/a.csv")).toString()).toBe("new");
    expect((await files.read("staging/run-1/a.csv")).toString()).toBe("new");
  });

  it("are told to be missing, whether they are read, copied or downloaded", async () => {
    const gone = "staging/run-1/gone.json";
    const attempts = [
      files.read(gone),
      files.copy(gone, "reports/run-1/gone.json"),
      files.download(gone, path.join(directory, "gone.json")),
    ];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toThrow(WorkFileNotFound);
    }
    expect(await files.list("reports/run-1/gone")).toEqual([]);
  });
});
