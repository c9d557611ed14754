import path from "node:path";
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import * as z from "zod";
import { refusalSchema } from "../../../domain/runs/chunk";
import { chunkFindingsSchema } from "../../../domain/runs/chunk-findings";
import { subscriberSchema, subscriptionOutcomeSchema } from "../../../domain/exports/subscription";
import { bodyRange, SERIES_HEAD_BYTES, seriesOf } from "../../../domain/runs/chunk-series";
import { storageKeys } from "../../../domain/runs/storage-keys";
import type { RunFiles } from "../../../ports";
import { awsFailure } from "../aws-failure";
import { isChange, isReplacement, readObject, readVersion } from "./object-body";
import { openRejectionRows } from "./rejection-rows";

const emailsSchema = z.array(z.string());
const listingSchema = z.object({ keys: z.array(z.string()), after: z.string().optional() });

const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString("utf8"));

/** What a series begins with, as it was read. */
interface SeriesHead {
  readonly key: string;
  readonly bytes: Buffer;
  /** Absent when the store names none. */
  readonly version: string | undefined;
}

/** A run's staged chunks, refusals and report in the work bucket. */
export function createRunFiles(client: S3Client, bucket: string): RunFiles {
  const read = (key: string): Promise<Buffer> => readObject(client, { Bucket: bucket, Key: key });

  // A worker's bodies are read one after another: the first is sent now, each of the others a slot later.
  let lastBody: Promise<unknown> = Promise.resolve();
  // Most of a worker's chunks are of one series.
  let lastHead: SeriesHead | undefined;

  async function headOf(key: string): Promise<SeriesHead> {
    if (lastHead?.key !== key) {
      const range = { from: 0, length: SERIES_HEAD_BYTES };
      lastHead = { key, ...(await readVersion(client, { Bucket: bucket, Key: key, ...range })) };
    }
    return lastHead;
  }

  /** The body where the head says that it lies, of the version that the head is of. */
  async function bodyBySeries(key: string, chunk: number): Promise<Buffer> {
    const { bytes, version } = await headOf(key);
    const range = bodyRange(bytes, chunk);
    return readObject(client, { Bucket: bucket, Key: key, IfMatch: version, ...range });
  }

  async function chunkBody(runId: string, attemptId: string, chunk: number): Promise<Buffer> {
    const key = storageKeys.chunkSeries(runId, attemptId, seriesOf(chunk));
    try {
      return await bodyBySeries(key, chunk);
    } catch (error) {
      if (error instanceof NoSuchKey) {
        // A run that was going when this version came.
        return read(storageKeys.chunkBody(runId, attemptId, chunk));
      }
      if (isReplacement(error)) {
        // Another preparation has staged the series again.
        lastHead = undefined;
        return bodyBySeries(key, chunk);
      }
      throw error;
    }
  }

  async function readIfThere(key: string): Promise<Buffer | undefined> {
    try {
      return await read(key);
    } catch (error) {
      if (error instanceof NoSuchKey) {
        return undefined;
      }
      throw error;
    }
  }

  async function exists(key: string): Promise<boolean> {
    try {
      await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      return true;
    } catch (error) {
      if (isChange(error)) {
        return false;
      }
      throw awsFailure("HeadObject", error);
    }
  }

  async function write(key: string, text: string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  }

  return {
    readChunk: (runId, attemptId, chunk) => {
      const body = lastBody.then(() => chunkBody(runId, attemptId, chunk));
      lastBody = body.catch(() => undefined);
      return body;
    },
    writeRefusals: ({ runId, attemptId, chunk, step, from }, refusals) =>
      write(storageKeys.refusals(runId, attemptId, chunk, step, from), ndjson(refusals)),
    readRefusals: async ({ runId, attemptId, chunk, step, from }) => {
      const key = storageKeys.refusals(runId, attemptId, chunk, step, from);
      const refusals = await readIfThere(key);
      return lines(refusals ?? Buffer.alloc(0)).map((line) =>
        refusalSchema.parse(JSON.parse(line)),
      );
    },
    writeFindings: ({ runId, attemptId, chunk }, findings) =>
      write(storageKeys.findings(runId, attemptId, chunk), JSON.stringify(findings)),
    readFindings: async ({ runId, attemptId, chunk }) => {
      const findings = await readIfThere(storageKeys.findings(runId, attemptId, chunk));
      return findings === undefined ? undefined : chunkFindingsSchema.parse(json(findings));
    },
    writeLeftOut: ({ runId, attemptId, chunk }, values) =>
      write(storageKeys.leftOut(runId, attemptId, chunk), ndjson(values)),
    readRemovalChunk: async (runId, attemptId, chunk) =>
      emailsSchema.parse(json(await read(storageKeys.removalChunk(runId, attemptId, chunk)))),
    writeFound: ({ runId, attemptId, chunk }, emails) =>
      write(storageKeys.found(runId, attemptId, chunk), JSON.stringify(emails)),
    readFound: async ({ runId, attemptId, chunk }) => {
      const found = await readIfThere(storageKeys.found(runId, attemptId, chunk));
      return found === undefined ? [] : emailsSchema.parse(json(found));
    },
    writeListed: async ({ runId, attemptId, part }, emails) => {
      const key = storageKeys.listed(runId, attemptId, part);
      await write(key, ndjson(emails.map((email) => ({ email }))));
      return key;
    },
    writeListing: (runId, listing) => write(storageKeys.listing(runId), JSON.stringify(listing)),
    readListing: async (runId) => {
      const listing = await readIfThere(storageKeys.listing(runId));
      return listing === undefined ? undefined : listingSchema.parse(json(listing));
    },
    readSubscribers: async ({ runId, attemptId, batch }) => {
      const text = await read(storageKeys.subscribers(runId, attemptId, batch));
      return lines(text).map((line) => subscriberSchema.parse(JSON.parse(line)));
    },
    writeSubscriptionOutcome: async ({ runId, attemptId, batch }, outcome) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: storageKeys.subscriptionOutcome(runId, attemptId, batch),
          Body: JSON.stringify(outcome),
          ContentType: "application/json",
        }),
      );
    },
    readSubscriptionOutcome: async ({ runId, attemptId, batch }) => {
      const kept = await readIfThere(storageKeys.subscriptionOutcome(runId, attemptId, batch));
      return kept === undefined ? undefined : subscriptionOutcomeSchema.parse(json(kept));
    },
    rejectionRows: (reportKey, place) =>
      openRejectionRows(client, { Bucket: bucket, Key: reportKey }, place),
    reportLink: async (reportKey, seconds) => {
      if (!(await exists(reportKey))) {
        return undefined;
      }
      return getSignedUrl(
        client,
        new GetObjectCommand({
          Bucket: bucket,
          Key: reportKey,
          ResponseContentDisposition: `attachment; filename="${path.basename(reportKey)}"`,
          ResponseContentType: "text/csv; charset=utf-8",
        }),
        { expiresIn: seconds },
      );
    },
  };
}

function ndjson(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

function lines(text: Buffer): readonly string[] {
  return text
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
