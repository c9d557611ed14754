import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  noSegmentSettings,
  segmentSettingsSchema,
} from "../../../../domain/segments/segment-settings";
import type { SegmentSettingsStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { readStored } from "../stored-items";

/** The settings of segments, each an item of the settings table, beside those of the whole system. */
export function createSegmentSettingsStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): SegmentSettingsStore {
  return {
    async get(segment) {
      const { Item } = await awsCall("GetItem", () =>
        client.send(
          new GetCommand({
            TableName: tableName,
            Key: { setting: keyOf(segment) },
            ConsistentRead: true,
          }),
        ),
      );
      return Item === undefined
        ? noSegmentSettings
        : readStored("setting", keyOf(segment), () => segmentSettingsSchema.parse(Item));
    },

    async put(segment, settings, expectedVersion) {
      const isExpected = "#version = :expected";
      const written = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { setting: keyOf(segment), ...settings },
            // What nobody has set has the first version.
            ConditionExpression:
              expectedVersion === noSegmentSettings.version
                ? `attribute_not_exists(#version) OR ${isExpected}`
                : isExpected,
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":expected": expectedVersion },
          }),
        ),
      );
      return written !== undefined;
    },
  };
}

function keyOf(segment: string): string {
  return `segment#${segment}`;
}
