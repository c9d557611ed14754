import {
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { isTerminal, type Run } from "../../../../domain/runs/run";
import type { Page, PageRequest, RunStore } from "../../../../ports";
import { createAnnouncementStore } from "./announcement-store";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { createChunkStore } from "./chunk-store";
import { decodeCursor, encodeCursor } from "../page-cursor";
import { getRuns } from "./runs-by-id";
import { listRunsOfExport } from "./runs-of-export";
import { reportToNobody, type ReportUnreadable } from "../stored-items";
import { createSubscribingStore } from "./subscribing-store";
import { ENDED, newRunItem, OPEN, readRun, runKey, setNumbers, type RunChange } from "./run-items";

/** DynamoDB's limit on a sort key is 1,024 bytes; ids and instants are far shorter. */
const cursorSchema = z.strictObject({
  runId: z.string().min(1).max(200),
  at: z.string().min(1).max(200),
});

/** What the index by connection holds of a run. */
const runIdsSchema = z.object({ runId: z.string(), exportId: z.string() });

/** What the index of open runs holds of one. */
const runKeySchema = z.object({ runId: z.string() });

/** What a run must still be for anything to change it. */
const IS_OPEN = "#open = :open";

/**
 * Runs and chunks, as {@link newRunItem} describes; each change is one conditional write of one item.
 * DynamoDB deletes what is older than `keptDays`.
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

  /** Changes a run that has not ended; false if it has, or if the further condition does not hold. */
  async function change(runId: string, update: RunChange): Promise<boolean> {
    const changed = await conditionalWrite("UpdateItem", () =>
      client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: runKey(runId),
          UpdateExpression: update.UpdateExpression,
          ConditionExpression:
            update.condition === undefined ? IS_OPEN : `${IS_OPEN} AND ${update.condition}`,
          ExpressionAttributeNames: { "#open": "open", ...update.names },
          ExpressionAttributeValues: { ":open": OPEN, ...update.values },
        }),
      ),
    );
    return changed !== undefined;
  }

  async function touch(runId: string, at: Date): Promise<void> {
    await change(runId, {
      UpdateExpression: "SET movedAt = :at",
      values: { ":at": at.toISOString() },
    });
  }

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

    async beginPreparing(runId, at) {
      return change(runId, {
        condition: "attribute_not_exists(#plan)",
        UpdateExpression:
          "SET #status = :running, #phase = :preparing, movedAt = :at, " +
          "startedAt = if_not_exists(startedAt, :at)",
        names: { "#plan": "plan", "#status": "status", "#phase": "phase" },
        values: { ":running": "running", ":preparing": "preparing", ":at": at.toISOString() },
      });
    },

    async plan(runId, plan, numbers, at) {
      const { assignments, names, values } = setNumbers({ ...numbers, leaving: plan.leaving });
      return change(runId, {
        condition: "attribute_not_exists(#plan)",
        UpdateExpression:
          `SET ${assignments.join(", ")}, #plan = :plan, #phase = :pushing, movedAt = :at, ` +
          "#warnings = list_append(#warnings, :warnings)",
        names: { ...names, "#plan": "plan", "#phase": "phase", "#warnings": "warnings" },
        values: {
          ...values,
          ":plan": plan,
          ":pushing": "pushing",
          ":warnings": plan.warnings,
          ":at": at.toISOString(),
        },
      });
    },

    async markStaged(runId, chunks) {
      const changed = await change(runId, {
        condition: "attribute_not_exists(#stop) AND stagedChunks < :chunks",
        UpdateExpression: "SET stagedChunks = :chunks",
        names: { "#stop": "stop" },
        values: { ":chunks": chunks },
      });
      if (changed) {
        return true;
      }
      // Another worker may be staging the same chunks, and be further on.
      const run = await get(runId);
      return run !== undefined && !isTerminal(run.status) && run.stop === undefined;
    },

    async beginRemoving(runId, at) {
      await change(runId, {
        UpdateExpression: "SET #phase = :removing, movedAt = :at",
        names: { "#phase": "phase" },
        values: { ":removing": "removing", ":at": at.toISOString() },
      });
    },

    async stop(runId, problem) {
      await change(runId, {
        UpdateExpression: "SET #stop = if_not_exists(#stop, :problem)",
        names: { "#stop": "stop" },
        values: { ":problem": problem },
      });
    },

    async advanceConfirmRound(runId, round) {
      return change(runId, {
        condition: "confirmRound < :round",
        UpdateExpression: "SET confirmRound = :round",
        values: { ":round": round },
      });
    },

    touch,

    async noteTrouble(runId, trouble) {
      await change(runId, {
        UpdateExpression: "SET trouble = :trouble, movedAt = :at",
        values: { ":trouble": trouble, ":at": trouble.at },
      });
    },

    async end(runId, ending) {
      const numbers =
        ending.numbers === undefined
          ? undefined
          : setNumbers({ ...ending.numbers, ...ending.removals });
      const assignments = [
        "#status = :status",
        "#open = :ended",
        "endedAt = :at",
        "movedAt = :at",
        ...(numbers?.assignments ?? []),
        ...(ending.problem === undefined ? [] : ["#problem = :problem"]),
        ...(ending.report === undefined ? [] : ["#report = :report"]),
        ...(ending.droppedReport === undefined ? [] : ["droppedReport = :droppedReport"]),
        ...(ending.warnings === undefined ? [] : ["#warnings = list_append(#warnings, :warnings)"]),
      ];
      return change(runId, {
        ...(ending.unplannedOnly === undefined ? {} : { condition: "attribute_not_exists(#plan)" }),
        UpdateExpression: `SET ${assignments.join(", ")} REMOVE #phase`,
        names: {
          "#status": "status",
          "#phase": "phase",
          ...(ending.unplannedOnly === undefined ? {} : { "#plan": "plan" }),
          ...numbers?.names,
          ...(ending.problem === undefined ? {} : { "#problem": "problem" }),
          ...(ending.report === undefined ? {} : { "#report": "report" }),
          ...(ending.warnings === undefined ? {} : { "#warnings": "warnings" }),
        },
        values: {
          ":status": ending.status,
          ":ended": ENDED,
          ":at": ending.at.toISOString(),
          ...numbers?.values,
          ...(ending.problem === undefined ? {} : { ":problem": ending.problem }),
          ...(ending.report === undefined ? {} : { ":report": ending.report }),
          ...(ending.droppedReport === undefined ? {} : { ":droppedReport": ending.droppedReport }),
          ...(ending.warnings === undefined ? {} : { ":warnings": ending.warnings }),
        },
      });
    },

    ...createSubscribingStore({ get, change }),
    ...createAnnouncementStore(client, tableName),
    ...createChunkStore(client, tableName, keptDays, { get, touch }),
  };
}
