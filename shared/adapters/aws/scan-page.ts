import {
  ScanCommand,
  type DynamoDBDocumentClient,
  type ScanCommandInput,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Page, PageRequest } from "../../ports";
import { awsCall } from "./aws-failure";
import { decodeCursor, encodeCursor } from "./page-cursor";

/** DynamoDB's limit on a partition key is 2,048 bytes; ids are far shorter. */
const cursorSchema = z.strictObject({ id: z.string().min(1).max(200) });

/**
 * Reads one page of a table whose key is a single id. A scan filters after it has read, so one answer may
 * hold few items, or none, though more follow: it goes on until the page is full or the table ends.
 */
export async function scanPage<Item>(
  client: DynamoDBDocumentClient,
  scan: ScanCommandInput,
  idAttribute: string,
  page: PageRequest,
  read: (item: unknown) => Item,
): Promise<Page<Item>> {
  const items: { id: string; item: Item }[] = [];
  let startKey: Record<string, unknown> | undefined =
    page.after === undefined
      ? undefined
      : { [idAttribute]: decodeCursor(cursorSchema, page.after).id };
  do {
    const answer = await awsCall("Scan", () =>
      client.send(
        new ScanCommand({
          ...scan,
          ConsistentRead: true,
          // One more than the page holds tells whether another page follows.
          Limit: page.limit + 1,
          ...(startKey === undefined ? {} : { ExclusiveStartKey: startKey }),
        }),
      ),
    );
    for (const item of answer.Items ?? []) {
      items.push({ id: String(item[idAttribute]), item: read(item) });
    }
    startKey = answer.LastEvaluatedKey;
  } while (startKey !== undefined && items.length <= page.limit);

  const kept = items.slice(0, page.limit);
  const last = kept.at(-1);
  return {
    items: kept.map(({ item }) => item),
    ...(items.length > page.limit && last !== undefined
      ? { next: encodeCursor({ id: last.id }) }
      : {}),
  };
}
