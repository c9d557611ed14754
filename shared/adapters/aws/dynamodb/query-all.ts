import {
  paginateQuery,
  type DynamoDBDocumentClient,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { awsCall } from "../aws-failure";

/** Every item that a query finds. */
export async function queryAll(
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
): Promise<readonly Record<string, unknown>[]> {
  return awsCall("Query", async () => {
    const items: Record<string, unknown>[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      items.push(...Items);
    }
    return items;
  });
}
