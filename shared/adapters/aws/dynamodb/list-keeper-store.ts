import { GetCommand, UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { listKeepersSchema } from "../../../domain/exports/list-keepers";
import type { ListKeeperStore } from "../../../ports";
import { awsCall, conditionalWrite } from "../aws-failure";
import { readStored } from "./stored-items";

/**
 * One item a list in the runs table, beside no run and in none of the table's indexes. One item, so that of
 * two runs that come to a list at the same moment one finds the other.
 */
export function createListKeeperStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): ListKeeperStore {
  const keyOf = (accountId: string, listId: string) => ({
    runId: `list#${JSON.stringify([accountId, listId])}`,
    item: "keepers",
  });
  return {
    async get(accountId, listId) {
      const { Item } = await awsCall("GetItem", () =>
        client.send(
          new GetCommand({
            TableName: tableName,
            Key: keyOf(accountId, listId),
            ConsistentRead: true,
          }),
        ),
      );
      return Item === undefined
        ? { revision: 0, keepers: {} }
        : readStored("list's keepers", listId, () => listKeepersSchema.parse(Item));
    },

    async put(accountId, listId, keepers, expected) {
      const stored = await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keyOf(accountId, listId),
            ConditionExpression:
              expected === 0 ? "attribute_not_exists(revision)" : "revision = :expected",
            UpdateExpression: "SET keepers = :keepers, revision = :next",
            ExpressionAttributeValues: {
              ":keepers": keepers,
              ":next": expected + 1,
              ...(expected === 0 ? {} : { ":expected": expected }),
            },
          }),
        ),
      );
      return stored !== undefined;
    },
  };
}
