import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import * as z from "zod";
import { refusalSchema } from "../../domain/chunk";
import { subscriberSchema, subscriptionOutcomeSchema } from "../../domain/subscription";
import { storageKeys } from "../../domain/storage-keys";
import type { RunFiles } from "../../ports";

const emailsSchema = z.array(z.string());
const listingSchema = z.object({ keys: z.array(z.string()), after: z.string().optional() });

const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString("utf8"));

/** A run's staged chunks, refusals and report in the work bucket. */
export function createRunFiles(client: S3Client, bucket: string): RunFiles {
  async function read(key: string): Promise<Buffer> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (Body === undefined) {
      throw new TypeError("S3 answered without a body");
    }
    return Buffer.from(await Body.transformToByteArray());
  }

  // A worker's bodies are read one after another: the first is sent now, each of the others a slot later.
  let lastBody: Promise<unknown> = Promise.resolve();

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

  async function write(key: string, text: string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  }

  return {
    readChunk: (runId, attemptId, chunk) => {
      const body = lastBody.then(() => read(storageKeys.chunkBody(runId, attemptId, chunk)));
      lastBody = body.catch(() => undefined);
      return body;
    },
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
      const refusals = await readIfThere(storageKeys.refusals(runId, attemptId, chunk, stage));
      return (refusals?.toString("utf8") ?? "")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => refusalSchema.parse(JSON.parse(line)));
    },
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
      await write(key, emails.map((email) => `${JSON.stringify({ email })}\n`).join(""));
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

function lines(ndjson: Buffer): readonly string[] {
  return ndjson
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
}
