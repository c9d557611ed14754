import { createHash } from "node:crypto";
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { LONGEST_PREVIEW_SECONDS, type Preview } from "../../../../domain/exports/preview";
import type { PreviewStore } from "../../../../ports";
import { awsCall, AwsFailure, conditionalWrite } from "../../aws-failure";

const placeSchema = z.object({ holder: z.string() });

/** Rounds of looking again when a place was refused whose preview has ended meanwhile. */
const ATTEMPTS = 5;

/**
 * The place of the one preview of an export that may be under way for a caller: an item beside the previews, which
 * names its holder. A place whose preview has ended, is gone or took too long is free.
 */
export function createPreviewPlaces(
  client: DynamoDBDocumentClient,
  tableName: string,
  keyOf: (exportId: string, item: string) => { runId: string; item: string },
  get: PreviewStore["get"],
): { take(preview: Preview): Promise<string | undefined> } {
  return {
    /** Takes the place; undefined when it is taken, else the id of the preview that has it. */
    async take({ exportId, previewId, requestedBy, requestedAt }) {
      // A caller's id may be as long as its issuer likes.
      const caller = createHash("sha256").update(requestedBy).digest("hex");
      const Key = keyOf(exportId, `caller#${caller}`);
      const now = Date.parse(requestedAt);
      let ended: string | undefined;
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const taken = await conditionalWrite("PutItem", () =>
          client.send(
            new PutCommand({
              TableName: tableName,
              Item: {
                ...Key,
                holder: previewId,
                heldUntil: now + LONGEST_PREVIEW_SECONDS * 1_000,
                expiresAt: Math.ceil(now / 1_000) + LONGEST_PREVIEW_SECONDS,
              },
              ConditionExpression:
                "attribute_not_exists(holder) OR holder IN (:own, :ended) OR heldUntil <= :now",
              ExpressionAttributeValues: {
                ":own": previewId,
                ":ended": ended ?? previewId,
                ":now": now,
              },
            }),
          ),
        );
        if (taken !== undefined) {
          return undefined;
        }
        const answer = await awsCall("GetItem", () =>
          client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true })),
        );
        ended = answer.Item === undefined ? undefined : placeSchema.parse(answer.Item).holder;
        if (ended !== undefined && (await get(exportId, ended))?.status === "running") {
          return ended;
        }
      }
      throw new AwsFailure("PutItem", "the place of a preview changes too fast to be taken");
    },
  };
}
