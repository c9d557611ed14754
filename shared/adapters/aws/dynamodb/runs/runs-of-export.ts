import { paginateQuery, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Run } from "../../../../domain/runs/run";
import type { Page, PageRequest, RunSelection } from "../../../../ports";
import { awsCall } from "../../aws-failure";
import { decodeCursor, encodeCursor } from "../page-cursor";
import { readRecord } from "../../../../domain/runs/lifecycle/run-record";
import { runKey } from "./run-items";
import { readEach, unreadablePart, type ReportUnreadable } from "../stored-items";

const cursorSchema = z.strictObject({
  runId: z.string().min(1).max(200),
  at: z.iso.datetime(),
});

/** Runs read at once in search of a page, when a filter may let few of them through. */
const READ_AT_ONCE = 100;

/**
 * One page of an export's runs in the order of `requestedAt`, from the index `byExport`. DynamoDB filters
 * after it has read, so it is asked until the page is full or the list has ended.
 */
export async function listRunsOfExport(
  client: DynamoDBDocumentClient,
  tableName: string,
  exportId: string,
  page: PageRequest,
  { from, until, oldestFirst = false, ...equal }: RunSelection,
  report: ReportUnreadable,
): Promise<Page<Run>> {
  const span = {
    first: from?.toISOString() ?? "0",
    // `until` itself is outside, and BETWEEN takes both ends.
    last: until === undefined ? "~" : new Date(until.getTime() - 1).toISOString(),
  };
  const cursor = page.after === undefined ? undefined : decodeCursor(cursorSchema, page.after);
  if (span.first > span.last || (cursor !== undefined && isPast(span, cursor.at, oldestFirst))) {
    return { items: [] };
  }
  // A cursor from before the span's beginning is of another query; DynamoDB would refuse it.
  const begun = cursor !== undefined && cursor.at >= span.first && cursor.at <= span.last;
  const filters = Object.entries(equal).filter(([, value]) => value !== undefined);
  const runs: Record<string, unknown>[] = [];
  const startingToken = begun
    ? { ...runKey(cursor.runId), exportId, requestedAt: cursor.at }
    : undefined;
  const query = {
    TableName: tableName,
    IndexName: "byExport",
    KeyConditionExpression: "#exportId = :exportId AND #requestedAt BETWEEN :first AND :last",
    FilterExpression:
      filters.length === 0
        ? undefined
        : filters.map(([name]) => `#${name} = :${name}`).join(" AND "),
    ExpressionAttributeNames: {
      "#exportId": "exportId",
      "#requestedAt": "requestedAt",
      ...Object.fromEntries(filters.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ":exportId": exportId,
      ":first": span.first,
      ":last": span.last,
      ...Object.fromEntries(filters.map(([name, value]) => [`:${name}`, value])),
    },
    ScanIndexForward: oldestFirst,
    // One more than the page holds tells whether another page follows.
    Limit: filters.length === 0 ? page.limit + 1 : READ_AT_ONCE,
  };
  await awsCall("Query", async () => {
    for await (const { Items = [] } of paginateQuery({ client, startingToken }, query)) {
      runs.push(...Items);
      if (runs.length > page.limit) {
        break;
      }
    }
  });

  const kept = runs.slice(0, page.limit);
  const last = kept.at(-1);
  const idOf = (item: Record<string, unknown>): string => String(item["runId"]);
  const { items, unreadable } = readEach(kept, { kind: "run", idOf, report }, readRecord);
  return {
    items,
    ...unreadablePart(unreadable),
    ...(runs.length > page.limit && last !== undefined
      ? { next: encodeCursor({ runId: idOf(last), at: String(last["requestedAt"]) }) }
      : {}),
  };
}

/** Whether nothing of the span comes after this instant. */
function isPast(
  span: { readonly first: string; readonly last: string },
  at: string,
  oldestFirst: boolean,
): boolean {
  return oldestFirst ? at > span.last : at < span.first;
}
