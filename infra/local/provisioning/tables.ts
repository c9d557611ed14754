import {
  CreateTableCommand,
  DescribeTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { PhysicalResource } from "../template/physical-values";
import type { TableProperties } from "../template/resource-properties";

/** Creates a table, or takes the one that is there already. */
export async function createTable(
  client: DynamoDBClient,
  name: string,
  properties: TableProperties,
): Promise<PhysicalResource> {
  const { GlobalSecondaryIndexes: globalIndexes, LocalSecondaryIndexes: localIndexes } = properties;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        BillingMode: "PAY_PER_REQUEST",
        ...(globalIndexes.length > 0 ? { GlobalSecondaryIndexes: globalIndexes } : {}),
        ...(localIndexes.length > 0 ? { LocalSecondaryIndexes: localIndexes } : {}),
      }),
    );
  } catch (error) {
    if (!isNamed(error, "ResourceInUseException")) throw error;
  }
  await waitUntilTableExists(
    { client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 },
    { TableName: name },
  );
  await enableTimeToLive(client, name, properties);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  return { ref: name, attributes: { Arn: Table?.TableArn ?? name } };
}

async function enableTimeToLive(
  client: DynamoDBClient,
  name: string,
  { TimeToLiveSpecification: specification }: TableProperties,
): Promise<void> {
  if (specification?.Enabled !== true) return;
  try {
    await client.send(
      new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: specification }),
    );
  } catch (error) {
    // The embedded DynamoDB expires nothing, which a reader must allow for on AWS too: expired
    // items stay for up to days there.
    if (!isNamed(error, "UnknownOperationException", "ValidationException")) throw error;
  }
}

function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}
