import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
  type UpdateCommandInput,
  type UpdateCommandOutput,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { exportSchema, savedExportSchema, type Export } from "../../../domain/exports/export";
import type { ExportSchedule } from "../../../domain/schedules/schedule";
import { scheduleKeyOf } from "../../../domain/schedules/schedule-key";
import type { ExportStore } from "../../../ports";
import { awsCall, AwsFailure, conditionalWrite } from "../aws-failure";
import { queryAll } from "./query-all";
import { scanPage } from "./scan-page";
import { replaceAttributes } from "./replace-attributes";
import { readEach, readStored, reportToNobody, type ReportUnreadable } from "./stored-items";

/** What is written whenever an export is saved. */
const SAVED = Object.keys(savedExportSchema.shape);

/** What a schedule is stored as; see {@link storedSchedule}. */
const SCHEDULED = ["schedule", "onRefresh", "follows"] as const;

const storedOnRefreshSchema = z.object({
  active: z.boolean(),
  overdueAfterHours: z.number().optional(),
});
const itemSchema = z.looseObject({
  schedule: z.looseObject({ mode: z.string() }).optional(),
  onRefresh: storedOnRefreshSchema.optional(),
});

/** What an export's schedule is stored as. `follows` is the key of the index `byFollows`; those without it run on demand. */
function storedSchedule(schedule: ExportSchedule): Record<string, unknown> {
  const follows = scheduleKeyOf(schedule);
  // What is not there is removed.
  return { ...storedMode(schedule), ...(follows === undefined ? {} : { follows }) };
}

/** A version that knows nothing of refreshes finds such a schedule off, and can read the export. */
function storedMode(schedule: ExportSchedule): Record<string, unknown> {
  switch (schedule.mode) {
    case "onRefresh": {
      const { mode: _on, ...onRefresh } = schedule;
      return {
        schedule: { mode: "off" },
        onRefresh: { active: true, ...onRefresh },
      };
    }
    case "off": {
      const { onRefresh, ...off } = schedule;
      return {
        schedule: off,
        ...(onRefresh === undefined ? {} : { onRefresh: { active: false, ...onRefresh } }),
      };
    }
    case "system":
    case "own":
      return { schedule };
  }
}

const followsSchema = z.looseObject({ follows: z.string().optional() });

/** An item with its schedule as the system has it. */
function withSchedule(item: unknown): unknown {
  const read = itemSchema.safeParse(item);
  if (!read.success || read.data.onRefresh === undefined || read.data.schedule?.mode !== "off") {
    return item;
  }
  const { schedule, onRefresh, ...others } = read.data;
  const { active, ...settings } = onRefresh;
  return {
    ...others,
    schedule: active ? { mode: "onRefresh", ...settings } : { ...schedule, onRefresh: settings },
  };
}

/** Rounds of looking again when a claim was refused but the run in its place has gone meanwhile. */
const CLAIM_ATTEMPTS = 5;

/**
 * Exports, one item each, under `exportId`. The index `byConnection` (key `connectionId`, all attributes)
 * is read to find a connection's exports; an index lags behind its table by moments.
 */
export function createExportStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  report: ReportUnreadable = reportToNobody,
): ExportStore {
  const read = (item: unknown): Export => exportSchema.parse(withSchedule(item));
  const readOne = (exportId: string, item: unknown): Export =>
    readStored("export", exportId, () => read(item));

  async function get(exportId: string): Promise<Export | undefined> {
    const answer = await awsCall("GetItem", () =>
      client.send(
        new GetCommand({ TableName: tableName, Key: { exportId }, ConsistentRead: true }),
      ),
    );
    return answer.Item === undefined ? undefined : readOne(exportId, answer.Item);
  }

  /** Changes an export's item if the condition holds; undefined when it does not. */
  async function change(
    exportId: string,
    update: Omit<UpdateCommandInput, "TableName" | "Key">,
  ): Promise<UpdateCommandOutput | undefined> {
    return conditionalWrite("UpdateItem", () =>
      client.send(new UpdateCommand({ TableName: tableName, Key: { exportId }, ...update })),
    );
  }

  /** Puts an export into the index as its schedule wants it, unless that was changed meanwhile. */
  async function mend({ exportId, schedule, version }: Export): Promise<void> {
    const follows = scheduleKeyOf(schedule);
    await change(exportId, {
      ConditionExpression: "#version = :version",
      UpdateExpression: follows === undefined ? "REMOVE follows" : "SET follows = :follows",
      ExpressionAttributeNames: { "#version": "version" },
      ExpressionAttributeValues: {
        ":version": version,
        ":follows": follows,
      },
    });
  }

  return {
    async create(created) {
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...created, ...storedSchedule(created.schedule) },
            ConditionExpression: "attribute_not_exists(exportId)",
          }),
        ),
      );
    },

    get,

    async list(page) {
      return scanPage(client, { TableName: tableName }, "exportId", page, {
        ...{ kind: "export", read, report },
      });
    },

    async listByConnection(connectionId) {
      const items = await queryAll(client, {
        TableName: tableName,
        IndexName: "byConnection",
        KeyConditionExpression: "connectionId = :connection",
        ExpressionAttributeValues: { ":connection": connectionId },
      });
      const idOf = (item: Record<string, unknown>): string => String(item["exportId"]);
      return readEach(items, { kind: "export", idOf, report }, read);
    },

    async updateSettings(changed, expectedVersion) {
      const { expression, names, values } = replaceAttributes(SAVED, changed);
      const updated = await change(changed.exportId, {
        ConditionExpression: "#version = :expected",
        UpdateExpression: expression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...values, ":expected": expectedVersion },
      });
      return updated !== undefined;
    },

    async setSchedule(exportId, schedule, { updatedAt, updatedBy }, expectedVersion) {
      const stored = storedSchedule(schedule);
      const set = Object.keys(stored).map((name) => `#${name} = :${name}`);
      const removed = SCHEDULED.filter((name) => !(name in stored)).map((name) => `#${name}`);
      const updated = await change(exportId, {
        ConditionExpression:
          expectedVersion === undefined ? "attribute_exists(exportId)" : "#version = :expected",
        UpdateExpression: `SET ${set.join(", ")}, followsSince = :at, #version = #version + :one, updatedAt = :at, updatedBy = :by${
          removed.length === 0 ? "" : ` REMOVE ${removed.join(", ")}`
        }`,
        ExpressionAttributeNames: {
          "#version": "version",
          ...Object.fromEntries(SCHEDULED.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(stored).map(([name, value]) => [`:${name}`, value])),
          ":one": 1,
          ":at": updatedAt,
          ":by": updatedBy,
          ":expected": expectedVersion,
        },
        ReturnValues: "ALL_NEW",
      });
      return updated === undefined ? undefined : readOne(exportId, updated.Attributes).version;
    },

    async listFollowing(key) {
      const items = await queryAll(client, {
        TableName: tableName,
        IndexName: "byFollows",
        KeyConditionExpression: "follows = :follows",
        ExpressionAttributeValues: { ":follows": key },
      });
      const idOf = (item: Record<string, unknown>): string => String(item["exportId"]);
      return readEach(items, { kind: "export", idOf, report }, read);
    },

    async listMended(page) {
      const amiss: Export[] = [];
      const found = await scanPage(client, { TableName: tableName }, "exportId", page, {
        ...{ kind: "export", report },
        read: (item) => {
          const stored = read(item);
          if (followsSchema.parse(item).follows !== scheduleKeyOf(stored.schedule)) {
            amiss.push(stored);
          }
          return stored;
        },
      });
      await Promise.all(amiss.map((stored) => mend(stored)));
      return { ...found, mended: amiss.length };
    },

    async noteFollowing(exportId, following, before) {
      const noted = await change(exportId, {
        ConditionExpression: `attribute_exists(exportId) AND ${
          before === undefined
            ? "attribute_not_exists(following.#run)"
            : "following.#run.runId = :before"
        }`,
        UpdateExpression: "SET following = :following",
        ExpressionAttributeNames: { "#run": "run" },
        ExpressionAttributeValues: {
          ":following": following,
          ":before": before,
        },
      });
      return noted !== undefined;
    },

    async noteListName(exportId, { id, name }) {
      await change(exportId, {
        ConditionExpression: "listId = :list",
        UpdateExpression: "SET listName = :name",
        ExpressionAttributeValues: { ":list": id, ":name": name },
      });
    },

    async noteHealth(exportId, health) {
      await change(exportId, {
        ConditionExpression:
          "attribute_exists(exportId) AND " +
          "(attribute_not_exists(health) OR health.runAt <= :runAt)",
        UpdateExpression: "SET health = :health",
        ExpressionAttributeValues: { ":health": health, ":runAt": health.runAt },
      });
    },

    async forgetSnapshot(exportId, runId) {
      await change(exportId, {
        ConditionExpression: "#snapshot.runId = :run",
        UpdateExpression: "REMOVE #snapshot",
        ExpressionAttributeNames: { "#snapshot": "snapshot" },
        ExpressionAttributeValues: { ":run": runId },
      });
    },

    async delete(exportId) {
      await awsCall("DeleteItem", () =>
        client.send(new DeleteCommand({ TableName: tableName, Key: { exportId } })),
      );
    },

    async claimRun(exportId, runId, at) {
      for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt += 1) {
        const claimed = await change(exportId, {
          ConditionExpression:
            "attribute_exists(exportId) AND " +
            "(attribute_not_exists(currentRun) OR currentRun.runId = :run)",
          UpdateExpression: "SET currentRun = :claim, lastRunId = :run",
          ExpressionAttributeValues: {
            ":run": runId,
            ":claim": { runId, claimedAt: at.toISOString() },
          },
          ReturnValues: "ALL_NEW",
        });
        if (claimed !== undefined) {
          return { kind: "claimed", claimed: readOne(exportId, claimed.Attributes) };
        }
        const stored = await get(exportId);
        if (stored === undefined) {
          return { kind: "gone" };
        }
        if (stored.currentRun !== undefined) {
          return { kind: "running", ...stored.currentRun };
        }
      }
      throw new AwsFailure("UpdateItem", "the export changes too fast to be claimed");
    },

    async releaseRun(exportId, runId, snapshot) {
      await change(exportId, {
        ConditionExpression: "currentRun.runId = :run",
        UpdateExpression:
          snapshot === undefined
            ? "REMOVE currentRun"
            : "SET #snapshot = :snapshot REMOVE currentRun",
        ExpressionAttributeValues: {
          ":run": runId,
          ":snapshot": snapshot,
        },
        ...(snapshot === undefined
          ? {}
          : { ExpressionAttributeNames: { "#snapshot": "snapshot" } }),
      });
    },
  };
}
