import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { refusalSchema } from "../../domain/chunk";
import { storageKeys } from "../../domain/storage-keys";
import type { RunFiles } from "../../ports";

/** A run's staged chunks, refusals and report in the work bucket. */
export function createRunFiles(client: S3Client, bucket: string): RunFiles {
  async function read(key: string): Promise<Buffer> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) {
      throw new TypeError("S3 answered without a body");
    }
    return Buffer.from(await Body.transformToByteArray());
  }

  return {
    readChunk: (runId, attemptId, chunk) => read(storageKeys.chunkBody(runId, attemptId, chunk)),
    writeRefusals: async ({ runId, attemptId, chunk, stage }, refusals) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: storageKeys.refusals(runId, attemptId, chunk, stage),
          Body: refusals.map((refusal) => `${JSON.stringify(refusal)}\n`).join(""),
          ContentType: "application/x-ndjson",
        }),
      );
    },
    readRefusals: async ({ runId, attemptId, chunk, stage }) => {
      try {
        const text = await read(storageKeys.refusals(runId, attemptId, chunk, stage));
        return text
          .toString("utf8")
          .split("\n")
          .filter((line) => line !== "")
          .map((line) => refusalSchema.parse(JSON.parse(line)));
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return [];
        }
        throw error;
      }
    },
    reportLink: (reportKey, seconds) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          Bucket: bucket,
          Key: reportKey,
          ResponseContentDisposition: 'attachment; filename="rejections.csv"',
          ResponseContentType: "text/csv; charset=utf-8",
        }),
        { expiresIn: seconds },
      ),
  };
}
