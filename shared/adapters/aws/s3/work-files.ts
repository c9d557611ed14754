import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import {
  CopyObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3ServiceException,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { setTimeout as sleep } from "node:timers/promises";
import { WorkFileNotFound, type WorkFiles } from "../../duckdb/work-files";
import { openObject, readObject } from "./object-body";
import { ATTEMPTS, uploadWait, waits } from "../waits";

/** Longest pause before a file is sent again. */
const PAUSE_MILLISECONDS = 1_000;

/** The work bucket, as DuckDB's part of a run uses it. One PUT takes up to 5 GB, far beyond any file here. */
export function createWorkFiles(client: S3Client, bucket: string): WorkFiles {
  return {
    upload: async (key, content) => {
      if ("bytes" in content) {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content.bytes }), {
          requestTimeout: uploadWait(content.bytes.length),
        });
        return;
      }
      const { size } = await stat(content.localPath);
      await severalTimes(() =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: createReadStream(content.localPath),
            ContentLength: size,
          }),
          { requestTimeout: uploadWait(size) },
        ),
      );
    },
    download: async (key, localPath) => {
      try {
        const body = await openObject(client, { Bucket: bucket, Key: key });
        await pipeline(body, createWriteStream(localPath));
      } catch (error) {
        throw error instanceof NoSuchKey ? new WorkFileNotFound(key) : error;
      }
    },
    read: async (key) => {
      try {
        return await readObject(client, { Bucket: bucket, Key: key });
      } catch (error) {
        throw error instanceof NoSuchKey ? new WorkFileNotFound(key) : error;
      }
    },
    copy: async (from, to) => {
      try {
        await client.send(
          new CopyObjectCommand({
            Bucket: bucket,
            Key: to,
            CopySource: `${bucket}/${encodeURI(from)}`,
          }),
          { requestTimeout: waits.copy },
        );
      } catch (error) {
        // Of all actions, CopyObject alone does not declare the error, so it comes without a class.
        const gone = error instanceof S3ServiceException && error.name === "NoSuchKey";
        throw gone ? new WorkFileNotFound(from) : error;
      }
    },
    list: async (prefix) => {
      const keys: string[] = [];
      for await (const page of paginateListObjectsV2(
        { client },
        { Bucket: bucket, Prefix: prefix },
      )) {
        keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
      }
      return keys;
    },
  };
}

/** The SDK sends no stream a second time, so a file is opened and sent anew when S3 could not take it. */
async function severalTimes(upload: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await upload();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) {
        throw error;
      }
    }
    await sleep(Math.random() * PAUSE_MILLISECONDS);
  }
}

/** No answer at all, an answer 5xx, or one that asks to come slower. */
function isPassing(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === undefined || status >= 500 || status === 429;
}
