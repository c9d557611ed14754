import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { recognizeOwnWrites } from "./own-writes";
import { patience } from "../waits";

/**
 * The DynamoDB client of all stores. Optional fields are left out of an item rather than stored as null,
 * because conditions ask whether an attribute exists. What a conditional write has written although its
 * answer was lost is recognised; see {@link recognizeOwnWrites}.
 */
export function createDocumentClient(config: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const client = new DynamoDBClient({ ...patience, ...config });
  recognizeOwnWrites(client);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: {
      removeUndefinedValues: true,
      // The SDK tells an object by what it has as `constructor`; a custom property may be called just so.
      convertClassInstanceToMap: true,
    },
  });
}
