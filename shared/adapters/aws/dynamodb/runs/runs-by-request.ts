import { QueryCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Run } from "../../../../domain/runs/run";
import type { AllRunsSelection, Page, PageRequest, RunSelection } from "../../../../ports";
import { awsCall } from "../../aws-failure";
import { decodeCursor, encodeCursor } from "../page-cursor";
import { readRecord } from "../../../../domain/runs/lifecycle/run-record";
import { runKey } from "./run-items";
import { readRuns } from "./runs-by-id";
import { readEach, unreadablePart, type ReportUnreadable } from "../stored-items";

const cursorSchema = z.strictObject({
  runId: z.string().min(1).max(200),
  at: z.iso.datetime(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** An index whose sort key is `requestedAt`, and which of its partitions is read. */
interface Partition {
  readonly index: "byExport" | "byRequested";
  readonly key: "exportId" | "item";
  readonly value: string;
  /** Items read at once in search of a page, when a filter may let few of them through. */
  readonly readAtOnce: number;
  /** Reads after which a search answers with what it has found. */
  readonly mostReads: number;
}

/** Runs as an index holds them, and where the next page begins. */
interface Found {
  readonly items: readonly Record<string, unknown>[];
  readonly next?: string;
}

/** One page of an export's runs in the order of `requestedAt`; it is full but the last. */
export async function listRunsOfExport(
  client: DynamoDBDocumentClient,
  tableName: string,
  exportId: string,
  page: PageRequest,
  selection: RunSelection,
  report: ReportUnreadable,
): Promise<Page<Run>> {
  const partition: Partition = {
    index: "byExport",
    key: "exportId",
    value: exportId,
    readAtOnce: 100,
    mostReads: Infinity,
  };
  const { items: found, next } = await requested(client, tableName, partition, page, selection);
  const { items, unreadable } = readEach(found, { kind: "run", idOf, report }, readRecord);
  return { items, ...unreadablePart(unreadable), next };
}

/**
 * One page of all runs in the order of `requestedAt`. The index holds what runs are filtered by, and no more: the runs
 * of the page are read from the table. A run made a moment ago may be missing. A page is short when its search was a
 * long one, or when a run has another status by now.
 */
export async function listAllRuns(
  client: DynamoDBDocumentClient,
  tableName: string,
  page: PageRequest,
  selection: AllRunsSelection,
  report: ReportUnreadable,
): Promise<Page<Run>> {
  const partition: Partition = {
    index: "byRequested",
    // The sort key of runs' own items in the table: chunks have another, and previews no `requestedAt` at the top.
    key: "item",
    value: runKey("").item,
    // An item of the index has some 300 bytes: so many make a page of DynamoDB's, which are 1 MB.
    readAtOnce: 3_000,
    mostReads: 5,
  };
  const { items, next } = await requested(client, tableName, partition, page, selection);
  const ids = items.map(idOf);
  const read =
    ids.length === 0
      ? { items: [], unreadable: [] }
      : await readRuns(client, tableName, ids, report);
  const runs = new Map(read.items.map((run) => [run.runId, run]));
  return {
    items: ids.flatMap((runId) => {
      const run = runs.get(runId);
      const isLookedFor =
        run !== undefined && (selection.status === undefined || run.status === selection.status);
      return isLookedFor ? [run] : [];
    }),
    ...unreadablePart(read.unreadable),
    next,
  };
}

/** DynamoDB filters after it has read, so it is asked until the page is full or the list has ended. */
async function requested(
  client: DynamoDBDocumentClient,
  tableName: string,
  { index, key, value, readAtOnce, mostReads }: Partition,
  page: PageRequest,
  { from, until, oldestFirst = false, ...equal }: AllRunsSelection,
): Promise<Found> {
  const span = {
    first: from?.toISOString() ?? "0",
    // `until` itself is outside, and BETWEEN takes both ends.
    last: until === undefined ? "~" : new Date(until.getTime() - 1).toISOString(),
  };
  const cursor = page.after === undefined ? undefined : decodeCursor(cursorSchema, page.after);
  if (span.first > span.last || (cursor !== undefined && isPast(span, cursor.at, oldestFirst))) {
    return { items: [] };
  }
  const filters = Object.entries(equal).filter(([, wanted]) => wanted !== undefined);
  const query = {
    TableName: tableName,
    IndexName: index,
    KeyConditionExpression: "#key = :key AND #requestedAt BETWEEN :first AND :last",
    FilterExpression:
      filters.length === 0
        ? undefined
        : filters.map(([name]) => `#${name} = :${name}`).join(" AND "),
    ExpressionAttributeNames: {
      "#key": key,
      "#requestedAt": "requestedAt",
      ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ":key": value,
      ":first": span.first,
      ":last": span.last,
      ...Object.fromEntries(filters.map(([name, wanted]) => [`:${name}`, wanted])),
    },
    ScanIndexForward: oldestFirst,
    // One more than the page holds tells whether another page follows.
    Limit: filters.length === 0 ? page.limit + 1 : readAtOnce,
  };

  const found: Record<string, unknown>[] = [];
  // A cursor from before the span's beginning is of another query; DynamoDB would refuse it.
  let reached = cursor !== undefined && isWithin(span, cursor.at) ? cursor : undefined;
  for (let reads = 0; reads < mostReads; reads += 1) {
    const start = reached === undefined ? undefined : { ...keyOf(reached), [key]: value };
    const answer = await awsCall("Query", () =>
      client.send(new QueryCommand({ ...query, ExclusiveStartKey: start })),
    );
    found.push(...(answer.Items ?? []));
    if (found.length > page.limit || answer.LastEvaluatedKey === undefined) {
      reached = undefined;
      break;
    }
    reached = cursorAt(answer.LastEvaluatedKey);
  }

  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  const next = found.length > page.limit && last !== undefined ? cursorAt(last) : reached;
  return { items, ...(next === undefined ? {} : { next: encodeCursor(next) }) };
}

function idOf(item: Record<string, unknown>): string {
  return String(item["runId"]);
}

function cursorAt(item: Record<string, unknown>): Cursor {
  return { runId: idOf(item), at: String(item["requestedAt"]) };
}

function keyOf({ runId, at }: Cursor): Record<string, string> {
  return { ...runKey(runId), requestedAt: at };
}

interface Span {
  readonly first: string;
  readonly last: string;
}

function isWithin({ first, last }: Span, at: string): boolean {
  return at >= first && at <= last;
}

/** Whether nothing of the span comes after this instant. */
function isPast({ first, last }: Span, at: string, oldestFirst: boolean): boolean {
  return oldestFirst ? at > last : at < first;
}
