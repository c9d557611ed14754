import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import { sourceFindingSchema } from "../../../../domain/sources/source";
import type { SourceFindings } from "../../../../ports";
import { awsCall } from "../../aws-failure";

/** What was found in sources, an item `source#<id>` each, beside the sources. */
export function createSourceFindings(
  client: DynamoDBDocumentClient,
  tableName: string,
): SourceFindings {
  const keyOf = (sourceId: string): string => `source#${sourceId}`;
  return {
    async get(sourceId) {
      const { Item } = await awsCall("GetItem", () =>
        client.send(
          new GetCommand({
            TableName: tableName,
            Key: { setting: keyOf(sourceId) },
            ConsistentRead: true,
          }),
        ),
      );
      // What can't be read is found anew.
      return sourceFindingSchema.safeParse(Item).data;
    },

    async put(sourceId, finding) {
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { setting: keyOf(sourceId), ...finding },
          }),
        ),
      );
    },

    async delete(sourceId) {
      await awsCall("DeleteItem", () =>
        client.send(new DeleteCommand({ TableName: tableName, Key: { setting: keyOf(sourceId) } })),
      );
    },
  };
}
