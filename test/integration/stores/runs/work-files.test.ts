import { beforeAll, describe, expect, it } from "@jest/globals";
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import path from "node:path";
import { createWorkFiles } from "../../../../shared/adapters/aws/s3/work-files";
import { WorkFileNotFound, type WorkFiles } from "../../../../shared/adapters/duckdb/work-files";
import { useObjects } from "../backends";

const bucket = "work";
let directory: string;
const objects = useObjects();
let client: S3Client;
let files: WorkFiles;

beforeAll(async () => {
  directory = objects.directory();
  client = objects.client();
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  files = createWorkFiles(client, bucket);
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
