import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { localCredentials } from "../../../infra/local/aws-identity";
import { startAzureStorage } from "../../../infra/local/emulators/azure/azure-storage";
import { startQueuesAndObjects } from "../../../infra/local/emulators/queues-and-objects";
import { createFront } from "../../../infra/local/front/front";
import { GENERATED_FIELDS, generatedSegment } from "../../../infra/local/generated-segment";
import { createRequestCounter } from "../../../infra/local/request-statistics";
import { createS3Client } from "../../../shared/adapters/aws/s3/s3-client";
import { azureContainer } from "../../support/files/azure-container";
import { exportModel } from "../../support/files/export-model";
import { benchRow, type BenchRow } from "../json";
import type { Measure } from "../measure";
import { preparedSourceSchema, type SourceTask } from "../sources";

const PARTITIONS = 5;
const MEMORY_MEGABYTES = 4096;
const MOST_ROWS = 1_000_000;
const names = { bucket: "bench-exports", segment: "Customers" };

const kinds = [
  ["csv", "CSV of the segments bucket"],
  ["s3", "Customer Insights in S3"],
  ["azure", "Customer Insights in Azurite"],
] as const;

/** Preparing the same rows from each kind of source, each in a process of its own, so that its peak is its own. */
export const sources: Measure = {
  name: "sources",
  description:
    "preparing 5 files from the segments bucket, and from export folders in S3 and Azure",
  measure: async ({ sizes, progress }) => {
    const profiles = Math.min(sizes.at(-1) ?? MOST_ROWS, MOST_ROWS);
    const directory = await mkdtemp(path.join(tmpdir(), "sources-bench-"));
    const s3 = await startQueuesAndObjects(
      path.join(directory, "s3"),
      createRequestCounter(),
      createFront(),
    );
    const azure = await startAzureStorage(path.join(directory, "azure"));
    try {
      const { url, account, accountKey } = azure;
      const task = {
        ...{ ...names, s3Url: s3.url, azure: { url, account, accountKey } },
        memoryMegabytes: MEMORY_MEGABYTES,
      };
      progress(`writing ${profiles.toLocaleString("en")} rows`);
      await write(task, profiles);
      const rows: BenchRow[] = [];
      for (const [from, text] of kinds) {
        progress(`preparing ${text}`);
        const { stdout } = await promisify(execFile)(process.execPath, [
          ...["--import", "tsx", path.join(__dirname, "../sources.ts")],
          JSON.stringify({ ...task, from } satisfies SourceTask),
        ]);
        const found = preparedSourceSchema.parse(JSON.parse(stdout));
        rows.push(
          benchRow({ measure: `prepare ${text}`, profiles, figure: found.seconds, unit: "s" }),
          benchRow({
            ...{ measure: `memory, ${text}`, profiles, unit: "MB" },
            figure: found.peakResidentMegabytes,
            aim: { of: "figure", atMost: MEMORY_MEGABYTES },
          }),
          benchRow({
            ...{ measure: `members, ${text}`, profiles, figure: found.members, unit: "" },
            aim: { of: "count", exactly: profiles },
          }),
        );
      }
      return { rows };
    } finally {
      await azure.close();
      await s3.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
};

/** The same files in all three places; the export folders have a `model.json` that names them. */
async function write(
  { bucket, segment, s3Url, azure }: Omit<SourceTask, "from">,
  profiles: number,
): Promise<void> {
  const client = createS3Client({
    ...{ endpoint: s3Url, region: "us-east-1", credentials: localCredentials },
  });
  const container = await azureContainer(azure, bucket);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const put = (Key: string, Body: Buffer) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  const run = `${segment}/2026/11/26/0600`;
  const files: string[] = [];
  for (let part = 1; part <= PARTITIONS; part += 1) {
    const file = `${run}/${segment}_${part}.csv`;
    files.push(file);
    const [from, until] = [part - 1, part].map((at) => Math.round((profiles * at) / PARTITIONS));
    const bytes = await buffer(
      generatedSegment({ profiles: (until ?? 0) - (from ?? 0), seed: part }),
    );
    await put(`segments/${segment}/${part}.csv`, bytes);
    await put(`exports/${file}`, bytes);
    await container.getBlockBlobClient(`exports/${file}`).uploadData(bytes);
  }
  const model = (at: string): Buffer =>
    Buffer.from(
      exportModel([
        {
          name: segment,
          attributes: GENERATED_FIELDS,
          files: files.map((file) => `${at}/exports/${file}`),
        },
      ]),
    );
  const inAzure = model(`${azure.url}/${azure.account}/${bucket}`);
  await put("exports/model.json", model(`https://contosodata.blob.core.windows.net/${bucket}`));
  await container.getBlockBlobClient("exports/model.json").uploadData(inAzure);
  client.destroy();
}
