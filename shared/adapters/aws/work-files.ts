import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import {
  CopyObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3ServiceException,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { WorkFileNotFound, type WorkFiles } from "../duckdb/work-files";

/** The work bucket, as DuckDB's part of a run uses it. One PUT takes up to 5 GB, far beyond any file here. */
export function createWorkFiles(client: S3Client, bucket: string): WorkFiles {
  return {
    upload: async (key, content) => {
      if ("bytes" in content) {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content.bytes }));
        return;
      }
      const { size } = await stat(content.localPath);
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: createReadStream(content.localPath),
          ContentLength: size,
        }),
      );
    },
    download: async (key, localPath) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (!(Body instanceof Readable)) {
          throw new TypeError("S3 answered without a body");
        }
        await pipeline(Body, createWriteStream(localPath));
      } catch (error) {
        throw error instanceof NoSuchKey ? new WorkFileNotFound(key) : error;
      }
    },
    read: async (key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (Body === undefined) {
          throw new TypeError("S3 answered without a body");
        }
        return Buffer.from(await Body.transformToByteArray());
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
