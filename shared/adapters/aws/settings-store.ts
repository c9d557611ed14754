import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { systemScheduleOff, systemScheduleSchema } from "../../domain/schedule";
import type { SettingsStore } from "../../ports";
import { awsCall, conditionalWrite } from "./aws-failure";

/** The item of the settings table that holds the system schedule. */
const SYSTEM_SCHEDULE = "systemSchedule";

/** What is set for the whole system, one item a setting, under `setting`. */
export function createSettingsStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): SettingsStore {
  return {
    async getSystemSchedule() {
      const answer = await awsCall("GetItem", () =>
        client.send(
          new GetCommand({
            TableName: tableName,
            Key: { setting: SYSTEM_SCHEDULE },
            ConsistentRead: true,
          }),
        ),
      );
      return answer.Item === undefined
        ? systemScheduleOff
        : systemScheduleSchema.parse(answer.Item);
    },

    async putSystemSchedule(schedule, expectedVersion) {
      const isExpected = "#version = :expected";
      const written = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { setting: SYSTEM_SCHEDULE, ...schedule },
            // What nobody has set, or was set before versions were counted, is the first version.
            ConditionExpression:
              expectedVersion === systemScheduleOff.version
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
