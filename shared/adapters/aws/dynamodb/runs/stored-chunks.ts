import { GetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Chunk } from "../../../../domain/runs/chunk";
import { awsCall } from "../../aws-failure";
import { queryAll } from "../query-all";
import { CHUNK_ITEM_PREFIX, chunkKey, readChunk } from "./run-items";

/** A chunk, strongly consistent; undefined if no worker has taken it. */
export async function getChunk(
  client: DynamoDBDocumentClient,
  tableName: string,
  runId: string,
  chunk: number,
): Promise<Chunk | undefined> {
  const answer = await awsCall("GetItem", () =>
    client.send(
      new GetCommand({ TableName: tableName, Key: chunkKey(runId, chunk), ConsistentRead: true }),
    ),
  );
  return answer.Item === undefined ? undefined : readChunk(answer.Item);
}

/** All chunks of a run that a worker has taken, in their order, strongly consistent. */
export async function listChunks(
  client: DynamoDBDocumentClient,
  tableName: string,
  runId: string,
): Promise<readonly Chunk[]> {
  const items = await queryAll(client, {
    TableName: tableName,
    KeyConditionExpression: "runId = :run AND begins_with(#item, :chunk)",
    ExpressionAttributeNames: { "#item": "item" },
    ExpressionAttributeValues: { ":run": runId, ":chunk": CHUNK_ITEM_PREFIX },
    ConsistentRead: true,
  });
  return items.map(readChunk);
}
