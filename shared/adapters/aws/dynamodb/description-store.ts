import { createHash } from "node:crypto";
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { fieldReadingSchema } from "../../../domain/cells/column-habit";
import { problemSchema } from "../../../domain/problems/problem";
import { describedRefreshSchema, rememberRefresh } from "../../../domain/segments/refresh-history";
import type { SegmentDescription } from "../../../domain/segments/segment";
import { looksPersonal } from "../../../domain/text/personal-name";
import type { SegmentDescriptions } from "../../../ports";
import { awsCall } from "../aws-failure";

/** To be counted up when descriptions come to say something else of the same files. */
const FORMAT = 3;

/** Field names are all that a description holds of a segment; even they are not kept for longer. */
const KEPT_SECONDS = 24 * 3_600;

/** Exports are changed long after somebody has looked at their segments, whose columns seldom change. */
const READINGS_KEPT_SECONDS = 30 * 24 * 3_600;

/** An item of DynamoDB takes 400 KB; a description of more fields than fit is read anew each time. */
const MOST_BYTES = 300_000;

const readingsItemSchema = z.object({
  readings: z.string(),
  /** Items of older versions have none. */
  refreshes: z.array(describedRefreshSchema).default([]),
  expiresAt: z.number(),
});
const readingsSchema = z.array(fieldReadingSchema);
const itemSchema = z.object({ description: z.string(), expiresAt: z.number() });
const coreSchema = z.object({
  name: z.string(),
  fields: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.number(),
  warnings: z.array(problemSchema),
});
const descriptionSchema = z.custom<SegmentDescription>(
  (value) => coreSchema.safeParse(value).success,
);

/**
 * Descriptions lie in the table of kept answers, each under a hash of the files' names and versions: when a file is
 * replaced nobody asks for the old one any more, and it goes after a day. How a segment's fields are written, as it
 * was found last, and how large its last refreshes were lie under the segment's name.
 */
export function createDescriptionStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): SegmentDescriptions {
  /** What is kept under a segment's name, unless it is too old. */
  async function keptOf(
    segment: string,
    now: Date,
  ): Promise<z.infer<typeof readingsItemSchema> | undefined> {
    const request = readingsKeyOf(segment);
    const { Item } = await awsCall("GetItem", () =>
      client.send(new GetCommand({ TableName: tableName, Key: { request } })),
    );
    const kept = readingsItemSchema.safeParse(Item).data;
    return kept === undefined || kept.expiresAt * 1_000 <= now.getTime() ? undefined : kept;
  }

  async function putReadings(described: SegmentDescription, now: Date): Promise<void> {
    const { name, fields, refreshedAt, rows, members, emailField } = described;
    const told = fields.flatMap(({ name: field, reading }) =>
      // What should be a field's name may be a person's, in a file without a header.
      reading === undefined || looksPersonal(field) ? [] : [{ field, ...reading }],
    );
    const readings = JSON.stringify(told);
    if (Buffer.byteLength(readings) <= MOST_BYTES) {
      const expiresAt = Math.floor(now.getTime() / 1_000) + READINGS_KEPT_SECONDS;
      const refreshes = rememberRefresh((await keptOf(name, now))?.refreshes ?? [], {
        ...{ refreshedAt, rows },
        ...(members === undefined || emailField === undefined ? {} : { members, emailField }),
      });
      const Item = { request: readingsKeyOf(name), readings, refreshes, expiresAt };
      await awsCall("PutItem", () => client.send(new PutCommand({ TableName: tableName, Item })));
    }
  }

  return {
    async readings(segment, now) {
      const kept = await keptOf(segment, now);
      if (kept === undefined) {
        return undefined;
      }
      const told = readingsSchema.safeParse(JSON.parse(kept.readings)).data;
      return told && new Map(told.map(({ field, ...reading }) => [field, reading]));
    },

    async refreshes(segment, now) {
      return (await keptOf(segment, now))?.refreshes ?? [];
    },

    async get(files, emailField, now) {
      const request = keyOf(files, emailField);
      const { Item } = await awsCall("GetItem", () =>
        client.send(new GetCommand({ TableName: tableName, Key: { request } })),
      );
      const kept = itemSchema.safeParse(Item).data;
      return kept === undefined || kept.expiresAt * 1_000 <= now.getTime()
        ? undefined
        : descriptionSchema.safeParse(JSON.parse(kept.description)).data;
    },

    async put(files, emailField, description, now) {
      await putReadings(description, now);
      const text = JSON.stringify(description);
      if (Buffer.byteLength(text) > MOST_BYTES) {
        return;
      }
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: {
              request: keyOf(files, emailField),
              description: text,
              expiresAt: Math.floor(now.getTime() / 1_000) + KEPT_SECONDS,
            },
          }),
        ),
      );
    },
  };
}

function readingsKeyOf(segment: string): string {
  return `readings#${createHash("sha256").update(segment).digest("hex")}`;
}

function keyOf(
  files: Parameters<SegmentDescriptions["get"]>[0],
  emailField: string | undefined,
): string {
  const versions = files.map(({ segment, name, bytes, version, columns, shape }) => [
    ...[segment, name, bytes, version],
    columns ?? null,
    ...(shape === undefined ? [] : [shape]),
  ]);
  const told = JSON.stringify([FORMAT, versions, emailField ?? null]);
  return `segment#${createHash("sha256").update(told).digest("hex")}`;
}
