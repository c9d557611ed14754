import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { RunData } from "../../../ports";
import { awsCall, AwsFailure } from "../aws-failure";

/** S3 API reference: the most keys that one DeleteObjects takes, and that one listing answers. */
const KEYS_A_CALL = 1_000;

/** What runs leave in the work bucket. */
export function createRunData(client: S3Client, bucket: string): RunData {
  async function deleteKeys(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += KEYS_A_CALL) {
      const { Errors: errors = [] } = await awsCall("DeleteObjects", () =>
        client.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            Delete: {
              Objects: keys.slice(start, start + KEYS_A_CALL).map((Key) => ({ Key })),
              Quiet: true,
            },
          }),
        ),
      );
      const [failed] = errors;
      if (failed !== undefined) {
        throw new AwsFailure("DeleteObjects", failed.Code ?? "unknown error");
      }
    }
  }

  async function keysBelow(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const page of paginateListObjectsV2(
      { client },
      { Bucket: bucket, Prefix: prefix },
    )) {
      keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    }
    return keys;
  }

  return {
    listSnapshots: (exportId) =>
      awsCall("ListObjectsV2", () => keysBelow(storageKeys.snapshots(exportId))),
    deleteSnapshots: deleteKeys,
    async delete({ runId, exportId }) {
      const keys = [
        storageKeys.snapshot(exportId, runId),
        storageKeys.subscribed(exportId, runId),
        storageKeys.report(runId),
        storageKeys.droppedReport(runId),
        ...(await keysBelow(storageKeys.staging(runId))),
      ];
      await deleteKeys(keys);
    },
  };
}
