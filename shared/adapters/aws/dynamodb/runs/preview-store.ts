import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  PREVIEW_LIFETIME_SECONDS,
  previewResultSchema,
  previewSchema,
  type Preview,
  type PreviewEnding,
} from "../../../../domain/exports/preview";
import { toldOptions } from "../../../../domain/runs/run-options";
import { problem } from "../../../../domain/problems/problem";
import type { PreviewStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { queryAll } from "../query-all";
import { createPreviewPlaces } from "./preview-places";
import { readStored } from "../stored-items";

const itemSchema = z.object({ preview: previewSchema, result: z.string().optional() });
const keySchema = z.object({ runId: z.string(), item: z.string() });

/**
 * Previews lie in the runs table, beside no run: an export's under one key, so that they can be deleted with
 * it. What a preview found is kept as one JSON text: profiles hold whatever their source does, and DynamoDB
 * neither takes all numbers that JSON does nor lists of any depth. They are in none of the table's indexes. DynamoDB
 * deletes them after an hour; it may take its time, so whoever reads one looks at its age too. Beside them lies, for
 * each caller, the place of the one preview that may be under way for them.
 */
export function createPreviewStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): PreviewStore {
  const partition = (exportId: string): string => `preview#${exportId}`;
  const keyOf = (exportId: string, previewId: string) => ({
    runId: partition(exportId),
    item: previewId,
  });

  async function get(exportId: string, previewId: string): Promise<Preview | undefined> {
    const answer = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({
          TableName: tableName,
          Key: keyOf(exportId, previewId),
          ConsistentRead: true,
        }),
      ),
    );
    if (answer.Item === undefined) {
      return undefined;
    }
    return readStored("preview", previewId, () => {
      const { preview, result } = itemSchema.parse(answer.Item);
      return result === undefined
        ? preview
        : { ...preview, result: previewResultSchema.parse(JSON.parse(result)) };
    });
  }
  const places = createPreviewPlaces(client, tableName, keyOf, get);

  async function end(
    exportId: string,
    previewId: string,
    ending: PreviewEnding,
    at: Date,
  ): Promise<void> {
    await conditionalWrite("UpdateItem", () =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keyOf(exportId, previewId),
          ConditionExpression: "preview.#status = :running",
          UpdateExpression:
            "SET preview.#status = :status, preview.#endedAt = :endedAt, " +
            (ending.status === "ready" ? "#found = :found" : "preview.#found = :found"),
          ExpressionAttributeNames: {
            "#status": "status",
            "#endedAt": "endedAt",
            "#found": ending.status === "ready" ? "result" : "problem",
          },
          ExpressionAttributeValues: {
            ":running": "running",
            ":status": ending.status,
            ":endedAt": at.toISOString(),
            ":found": ending.status === "ready" ? JSON.stringify(ending.result) : ending.problem,
          },
        }),
      ),
    );
  }

  async function deleteAll(exportId: string): Promise<void> {
    const items = await queryAll(client, {
      TableName: tableName,
      KeyConditionExpression: "runId = :partition",
      ExpressionAttributeValues: { ":partition": partition(exportId) },
      ProjectionExpression: "runId, #item",
      ExpressionAttributeNames: { "#item": "item" },
      ConsistentRead: true,
    });
    for (const item of items) {
      const Key = keySchema.parse(item);
      await awsCall("DeleteItem", () =>
        client.send(new DeleteCommand({ TableName: tableName, Key })),
      );
    }
  }

  return {
    async create(preview) {
      const { exportId, previewId, requestedAt } = preview;
      const expiresAt = Math.ceil(Date.parse(requestedAt) / 1_000) + PREVIEW_LIFETIME_SECONDS;
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: {
              ...keyOf(exportId, previewId),
              preview: { ...preview, ...toldOptions(preview) },
              expiresAt,
            },
          }),
        ),
      );
      // The preview lies there before its place is taken, so that a place always names one that can be looked at.
      const underWay = await places.take(preview);
      if (underWay === undefined) {
        return {};
      }
      // Nobody has heard of it, and it expires with the others.
      await end(
        exportId,
        previewId,
        { status: "failed", problem: problem("previewRunning", { previewId: underWay }) },
        new Date(requestedAt),
      );
      return { underWay };
    },

    get,

    end,

    deleteAll,
  };
}
