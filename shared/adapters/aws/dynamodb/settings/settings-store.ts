import { GetCommand, PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import {
  systemScheduleOff,
  systemScheduleSchema,
  type SystemSchedule,
} from "../../../../domain/schedules/schedule";
import type { SettingsStore } from "../../../../ports";
import { awsCall, conditionalWrite } from "../../aws-failure";
import { readEach, reportToNobody, type ReportUnreadable } from "../stored-items";

const versionSchema = z.object({ version: z.number() });

/** The item of the settings table that holds the system schedule. */
const SYSTEM_SCHEDULE = "systemSchedule";

/** The item that says when the exports' index was found whole. */
const EXPORT_INDEX = "exportIndex";

const exportIndexSchema = z.object({ foundWholeAt: z.iso.datetime() });

/** What is set for the whole system, one item a setting, under `setting`. */
export function createSettingsStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  report: ReportUnreadable = reportToNobody,
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
      if (answer.Item === undefined) {
        return systemScheduleOff;
      }
      const idOf = (): string => SYSTEM_SCHEDULE;
      const read = (item: unknown): SystemSchedule => systemScheduleSchema.parse(item);
      const [schedule] = readEach([answer.Item], { kind: "setting", idOf, report }, read).items;
      // Exports at their own times still run; whoever sets the schedule anew replaces what can't be read.
      return schedule ?? { ...systemScheduleOff, ...versionSchema.safeParse(answer.Item).data };
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

    async indexFoundWhole() {
      const answer = await awsCall("GetItem", () =>
        client.send(new GetCommand({ TableName: tableName, Key: { setting: EXPORT_INDEX } })),
      );
      // What can't be read says nothing: all exports are looked through once more.
      const read = exportIndexSchema.safeParse(answer.Item);
      return read.success ? new Date(read.data.foundWholeAt) : undefined;
    },

    async noteIndexFoundWhole(at) {
      await awsCall("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: { setting: EXPORT_INDEX, foundWholeAt: at.toISOString() },
          }),
        ),
      );
    },
  };
}
