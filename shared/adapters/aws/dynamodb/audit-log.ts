import { DuplicateItemException } from "@aws-sdk/client-dynamodb";
import {
  ExecuteStatementCommand,
  QueryCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { auditEntrySchema, type AuditEntry, type AuditFilter } from "../../../domain/access/audit";
import type { AuditLog, Page, PageRequest } from "../../../ports";
import { awsCall, conditionalWrite } from "../aws-failure";
import { decodeCursor, encodeCursor } from "./page-cursor";
import { readEach, reportToNobody, unreadablePart, type ReportUnreadable } from "./stored-items";

/**
 * The audit table: all entries lie in one partition in the order of `position`, which is the instant and
 * the entry's id. The indexes `byTarget` and `byActor` keep the same order within a target and an actor.
 * Ids of target and actor lie at the top a second time for that.
 */
const LOG = "audit";

const cursorSchema = z.strictObject({ position: z.string().regex(/^[A-Za-z0-9:.#_-]{1,300}$/) });

/** Entries read in search of one page; a filter that matches few may make a page short, never wrong. */
const MOST_READ = 4_000;
const READ_AT_ONCE = 200;

const positionOf = ({ at, auditId }: Pick<AuditEntry, "at" | "auditId">): string =>
  `${at}#${auditId}`;

/**
 * Entries are added once and completed once; nothing here changes or deletes one. They are inserted by PartiQL,
 * because IAM allows that by an action of its own, with which no item can be replaced: whoever may put items may
 * put them over others, whatever the code's conditions say. What completes an entry is an update, which IAM
 * limits to the attributes that are set then.
 */
export function createAuditLog(
  client: DynamoDBDocumentClient,
  tableName: string,
  report: ReportUnreadable = reportToNobody,
): AuditLog {
  return {
    async add(entry) {
      const item = Object.entries({
        ...entry,
        log: LOG,
        position: positionOf(entry),
        actorId: entry.actor.userId,
        targetId: entry.target?.id,
      }).filter(([, value]) => value !== undefined);
      await awsCall("ExecuteStatement", async () => {
        try {
          await client.send(
            new ExecuteStatementCommand({
              Statement: `INSERT INTO "${tableName}" VALUE {${item.map(([name]) => `'${name}': ?`).join(", ")}}`,
              Parameters: item.map(([, value]) => value),
            }),
          );
        } catch (error) {
          // It was added before: by the same request, which was tried again.
          if (!(error instanceof DuplicateItemException)) throw error;
        }
      });
    },

    async complete(entry, completion) {
      const { target } = completion;
      const set = Object.entries({
        ...completion,
        targetId: target?.id,
      }).filter(([, value]) => value !== undefined);
      await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { log: LOG, position: positionOf(entry) },
            ConditionExpression: "#outcome = :unknown",
            UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}`,
            ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
            ExpressionAttributeValues: {
              ":unknown": "unknown",
              ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            },
          }),
        ),
      );
    },

    list: (filter, page, { oldestFirst } = { oldestFirst: false }) =>
      listEntries(client, { tableName, report }, filter, page, oldestFirst),
  };
}

/** The partition that holds the fewest entries which the filter lets through. */
function partitionOf({ target, actor }: AuditFilter): {
  index?: "byTarget" | "byActor";
  name: "log" | "targetId" | "actorId";
  value: string;
} {
  if (target !== undefined) {
    return { index: "byTarget", name: "targetId", value: target };
  }
  return actor === undefined
    ? { name: "log", value: LOG }
    : { index: "byActor", name: "actorId", value: actor };
}

async function listEntries(
  client: DynamoDBDocumentClient,
  { tableName, report }: { tableName: string; report: ReportUnreadable },
  filter: AuditFilter,
  page: PageRequest,
  oldestFirst: boolean,
): Promise<Page<AuditEntry>> {
  const partition = partitionOf(filter);
  const from = filter.from?.toISOString() ?? "0";
  const until = filter.until?.toISOString() ?? "~";
  const lets = (entry: AuditEntry): boolean =>
    (filter.actor === undefined || entry.actor.userId === filter.actor) &&
    (filter.action === undefined || entry.action === filter.action) &&
    (filter.outcome === undefined || entry.outcome === filter.outcome);

  const items: AuditEntry[] = [];
  const unreadable: string[] = [];
  let last = page.after === undefined ? undefined : decodeCursor(cursorSchema, page.after).position;
  for (let read = 0; read < MOST_READ; read += READ_AT_ONCE) {
    const begin = oldestFirst && last !== undefined && last > from ? last : from;
    const end = oldestFirst || last === undefined || last > until ? until : last;
    if (end < begin) {
      return pageOf(items, page.limit, undefined, unreadable);
    }
    const answer = await awsCall("Query", () =>
      client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: partition.index,
          KeyConditionExpression: "#partition = :partition AND #position BETWEEN :from AND :until",
          ExpressionAttributeNames: { "#partition": partition.name, "#position": "position" },
          // A cursor only ever moves an end of the range, so it can't leave the list.
          ExpressionAttributeValues: {
            ":partition": partition.value,
            ":from": begin,
            ":until": end,
          },
          ScanIndexForward: oldestFirst,
          // The range's end is part of it: the cursor's own entry is read again and left out.
          Limit: READ_AT_ONCE + 1,
        }),
      ),
    );
    const fresh = (answer.Items ?? []).filter((item) => item["position"] !== last);
    for (const item of fresh) {
      last = String(item["position"]);
      const [entry] = readEach([item], { kind: "audit entry", idOf, report }, readEntry).items;
      if (entry === undefined) {
        unreadable.push(idOf(item));
      } else if (lets(entry)) {
        items.push(entry);
      }
      if (items.length > page.limit) {
        break;
      }
    }
    const exhausted = answer.LastEvaluatedKey === undefined || fresh.length === 0;
    if (items.length > page.limit || exhausted) {
      return pageOf(items, page.limit, undefined, unreadable);
    }
  }
  return pageOf(items, page.limit, last, unreadable);
}

/** `reached` is how far an unfinished search has come. */
function pageOf(
  items: readonly AuditEntry[],
  limit: number,
  reached: string | undefined,
  unreadable: readonly string[],
): Page<AuditEntry> {
  const kept = items.slice(0, limit);
  const last = kept.at(-1);
  const position = items.length > limit && last !== undefined ? positionOf(last) : reached;
  return {
    items: kept,
    ...unreadablePart(unreadable),
    ...(position === undefined ? {} : { next: encodeCursor({ position }) }),
  };
}

function readEntry(item: unknown): AuditEntry {
  return auditEntrySchema.parse(item);
}

function idOf(item: Record<string, unknown>): string {
  return String(item["auditId"] ?? item["position"]);
}
