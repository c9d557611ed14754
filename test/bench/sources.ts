import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { localCredentials } from "../../infra/local/aws-identity";
import { GENERATED_EMAIL_FIELD } from "../../infra/local/generated-segment";
import { createS3Folder } from "../../shared/adapters/aws/s3/object-folder";
import { createSegmentSource } from "../../shared/adapters/aws/s3/segment-source";
import { createBlobFolder } from "../../shared/adapters/azure/blob-folder";
import { createMemberPreparation } from "../../shared/adapters/duckdb/preparing/member-preparation";
import type { ExportPlace } from "../../shared/domain/sources/source";
import type { ObjectFolder, SegmentSource } from "../../shared/ports";
import { pinWhole } from "../../shared/use-cases/segments/segment-files";
import { createExportFolder } from "../../shared/use-cases/sources/export-folder";
import { directoryWorkFiles } from "../support/files/directory-files";

/** What `test/bench/measures/sources.ts` puts a segment into, and asks to have prepared from there. */
const sourceTaskSchema = z.object({
  from: z.enum(["csv", "s3", "azure"]),
  /** The segments bucket, and the bucket and container with the export folder. */
  bucket: z.string(),
  /** The segment's name in the segments bucket, and its table's in the export folder. */
  segment: z.string(),
  s3Url: z.string(),
  azure: z.object({ url: z.string(), account: z.string(), accountKey: z.string() }),
  memoryMegabytes: z.number(),
});
export type SourceTask = z.infer<typeof sourceTaskSchema>;

/** What it prints, as one line of JSON. */
export const preparedSourceSchema = z.object({
  seconds: z.number(),
  members: z.number(),
  files: z.number(),
  peakResidentMegabytes: z.number(),
});

const clock = { now: () => new Date() };

function sourceOf(task: SourceTask): SegmentSource {
  const client = new S3Client({
    ...{ endpoint: task.s3Url, region: "us-east-1", credentials: localCredentials },
    forcePathStyle: true,
  });
  switch (task.from) {
    case "csv":
      return createSegmentSource(client, task.bucket, clock);
    case "s3": {
      const place = { kind: "s3" as const, bucket: task.bucket, folder: "exports" };
      return exportFolder(place, createS3Folder(client, place));
    }
    case "azure": {
      const { url, account, accountKey } = task.azure;
      const place = { kind: "azure" as const, account, container: task.bucket, folder: "exports" };
      const credential = { kind: "accountKey" as const, accountKey };
      return exportFolder(place, createBlobFolder(place, credential, url), new URL(url).host);
    }
  }
}

function exportFolder(place: ExportPlace, folder: ObjectFolder, localHost?: string): SegmentSource {
  return createExportFolder({
    ...{ sourceId: "bench", displayName: "Bench", place, folder, clock, localHost },
  });
}

/** Prepares and stages the segment from where the task says, in this process alone. */
async function main(): Promise<void> {
  const task = sourceTaskSchema.parse(JSON.parse(process.argv[2] ?? ""));
  const root = await mkdtemp(path.join(tmpdir(), "source-bench-"));
  try {
    const source = sourceOf(task);
    const name = task.from === "csv" ? task.segment : `bench:${task.segment}`;
    const started = performance.now();
    const files = (await pinWhole(source, [name])).flatMap((refresh) => refresh.files);
    const preparation = await createMemberPreparation({
      source,
      files: directoryWorkFiles(path.join(root, "work")),
      memoryMegabytes: task.memoryMegabytes,
      workDirectory: root,
    }).prepare({
      ...{ runId: "run", attemptId: "attempt", files, listId: "LIST01" },
      mapping: { email: GENERATED_EMAIL_FIELD },
    });
    const { chunkSizes } = await preparation.stageRows({ send: true });
    await preparation.stageChunks({ attemptId: "attempt", after: 0 }, async () => true);
    await preparation.close();
    const prepared: z.infer<typeof preparedSourceSchema> = {
      seconds: Math.round((performance.now() - started) / 10) / 100,
      members: chunkSizes.reduce((sum, size) => sum + size, 0),
      files: files.length,
      peakResidentMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    };
    console.log(JSON.stringify(prepared));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

if (require.main === module) {
  void main();
}
