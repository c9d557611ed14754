import {
  GetCommand,
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ENDED, OPEN } from "../../../../domain/runs/lifecycle/run-record";
import { isTerminal, type Run } from "../../../../domain/runs/run";
import type { Page, PageRequest, RunStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { guardedUpdate } from "./guarded-update";
import { decodeCursor, encodeCursor } from "../page-cursor";
import { getRuns } from "./runs-by-id";
import { listAllRuns, listRunsOfExport } from "./runs-by-request";
import { reportToNobody, type ReportUnreadable } from "../stored-items";
import { chunkKey, expiryOf, newRunItem, readChunk, readRun, runKey } from "./run-items";
import type { LifeWrites } from "./life-writes";
import { createRunLives } from "./run-lives";
import { getChunk, listChunks } from "./stored-chunks";

/** DynamoDB's limit on a sort key is 1,024 bytes; ids and instants are far shorter. */
const cursorSchema = z.strictObject({
  runId: z.string().min(1).max(200),
  at: z.string().min(1).max(200),
});

/** What the index by connection holds of a run. */
const runIdsSchema = z.object({ runId: z.string(), exportId: z.string() });

/** What the index of open runs holds of one. */
const runKeySchema = z.object({ runId: z.string() });

/**
 * Runs and chunks, as {@link newRunItem} describes; each change is one of their transitions, as one conditional write
 * of one item. DynamoDB deletes what is older than `keptDays`.
 */
export function createRunStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  keptDays: number,
  report: ReportUnreadable = reportToNobody,
): RunStore {
  async function get(runId: string): Promise<Run | undefined> {
    const answer = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({ TableName: tableName, Key: runKey(runId), ConsistentRead: true }),
      ),
    );
    return answer.Item === undefined ? undefined : readRun(answer.Item);
  }

  const writes: LifeWrites = {
    readRun: get,
    async changeRun(runId, change) {
      const place = { TableName: tableName, Key: runKey(runId) };
      return (await guardedUpdate(client, place, change)) !== undefined;
    },
    async changedRun(runId, change) {
      const place = { TableName: tableName, Key: runKey(runId) };
      const changed = await guardedUpdate(client, place, change, { returns: true });
      return changed === undefined ? undefined : readRun(changed.item);
    },
    readChunk: (runId, chunk) => getChunk(client, tableName, runId, chunk),
    async changedChunk(runId, chunk, change, at) {
      const place = { TableName: tableName, Key: chunkKey(runId, chunk) };
      const changed = await guardedUpdate(client, place, change, {
        // Whatever makes a chunk's item also says when it expires.
        alsoSet: at === undefined ? {} : { expiresAt: expiryOf(at, keptDays) },
        returns: true,
      });
      return changed === undefined ? undefined : readChunk(changed.item);
    },
  };

  /** One page of an index; its key is made anew from the cursor, so a cursor can't leave the list. */
  async function queryIndex<Entry>(
    query: Pick<
      QueryCommandInput,
      "IndexName" | "KeyConditionExpression" | "ExpressionAttributeNames" | "ScanIndexForward"
    > & { partition: { name: string; value: string }; sortKey: "requestedAt" | "movedAt" },
    page: PageRequest,
    read: (item: unknown) => Entry,
  ): Promise<Page<Entry>> {
    const { partition, sortKey, ...input } = query;
    const from = page.after === undefined ? undefined : decodeCursor(cursorSchema, page.after);
    const answer = await awsCall("Query", () =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          ...input,
          ExpressionAttributeValues: { ":partition": partition.value },
          Limit: page.limit + 1,
          ...(from === undefined
            ? {}
            : {
                ExclusiveStartKey: {
                  ...runKey(from.runId),
                  [partition.name]: partition.value,
                  [sortKey]: from.at,
                },
              }),
        }),
      ),
    );
    const found = answer.Items ?? [];
    const kept = found.slice(0, page.limit);
    const last = kept.at(-1);
    return {
      items: kept.map(read),
      ...(found.length > page.limit && last !== undefined
        ? { next: encodeCursor({ runId: String(last["runId"]), at: String(last[sortKey]) }) }
        : {}),
    };
  }

  /** The index holds keys only; what has left it since is left out, so a page may be shorter than asked for. */
  async function queryOpen(
    value: typeof OPEN | typeof ENDED,
    page: PageRequest,
  ): Promise<Page<Run>> {
    const keys = await queryIndex(
      {
        IndexName: "open",
        KeyConditionExpression: "#open = :partition",
        ExpressionAttributeNames: { "#open": "open" },
        ScanIndexForward: true,
        partition: { name: "open", value },
        sortKey: "movedAt",
      },
      page,
      (item) => runKeySchema.parse(item).runId,
    );
    const runs = new Map(
      (await getRuns(client, tableName, keys.items, report)).map((run) => [run.runId, run]),
    );
    return {
      ...keys,
      items: keys.items.flatMap((runId) => {
        const run = runs.get(runId);
        return run === undefined || isTerminal(run.status) !== (value === ENDED) ? [] : [run];
      }),
    };
  }

  return {
    async create(run) {
      const created = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: newRunItem(run, keptDays),
            ConditionExpression: "attribute_not_exists(runId)",
          }),
        ),
      );
      return created !== undefined;
    },

    get,

    getMany: (runIds) => getRuns(client, tableName, runIds, report),

    list: (page, selection = {}) => listAllRuns(client, tableName, page, selection, report),

    listByExport: (exportId, page, selection = {}) =>
      listRunsOfExport(client, tableName, exportId, page, selection, report),

    async listByConnection(connectionId, page) {
      return queryIndex(
        {
          IndexName: "byConnection",
          KeyConditionExpression: "connectionId = :partition",
          ScanIndexForward: false,
          partition: { name: "connectionId", value: connectionId },
          sortKey: "requestedAt",
        },
        page,
        (item) => runIdsSchema.parse(item),
      );
    },

    async listOpen(page) {
      return queryOpen(OPEN, page);
    },

    async listUnannounced(page) {
      return queryOpen(ENDED, page);
    },

    getChunk: writes.readChunk,

    listChunks: (runId) => listChunks(client, tableName, runId),

    ...createRunLives(writes),
  };
}
