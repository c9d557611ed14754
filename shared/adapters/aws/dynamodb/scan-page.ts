import {
  paginateScan,
  type DynamoDBDocumentClient,
  type ScanCommandInput,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Page, PageRequest } from "../../../ports";
import { awsCall } from "../aws-failure";
import { decodeCursor, encodeCursor } from "./page-cursor";
import { readEach, unreadablePart, type ReportUnreadable, type StoredKind } from "./stored-items";

/** DynamoDB's limit on a partition key is 2,048 bytes; ids are far shorter. */
const cursorSchema = z.strictObject({ id: z.string().min(1).max(200) });

/** How the items of a scan are read. */
export interface ScannedBy<Item> {
  readonly kind: StoredKind;
  readonly read: (item: unknown) => Item;
  readonly report: ReportUnreadable;
}

/**
 * Reads one page of a table whose key is a single id. A scan filters after it has read, so one answer may
 * hold few items, or none, though more follow: it goes on until the page is full or the table ends. Items that can't
 * be read are named in their place.
 */
export async function scanPage<Item>(
  client: DynamoDBDocumentClient,
  scan: ScanCommandInput,
  idAttribute: string,
  page: PageRequest,
  { kind, read, report }: ScannedBy<Item>,
): Promise<Page<Item>> {
  const raw: Record<string, unknown>[] = [];
  const idOf = (item: Record<string, unknown>): string => String(item[idAttribute]);
  const startingToken =
    page.after === undefined
      ? undefined
      : { [idAttribute]: decodeCursor(cursorSchema, page.after).id };
  // One more than the page holds tells whether another page follows.
  const input = { ...scan, ConsistentRead: true, Limit: page.limit + 1 };
  await awsCall("Scan", async () => {
    for await (const { Items = [] } of paginateScan({ client, startingToken }, input)) {
      raw.push(...Items);
      if (raw.length > page.limit) {
        break;
      }
    }
  });

  const kept = raw.slice(0, page.limit);
  const last = kept.at(-1);
  const { items, unreadable } = readEach(kept, { kind, idOf, report }, read);
  return {
    items,
    ...unreadablePart(unreadable),
    ...(raw.length > page.limit && last !== undefined
      ? { next: encodeCursor({ id: idOf(last) }) }
      : {}),
  };
}
