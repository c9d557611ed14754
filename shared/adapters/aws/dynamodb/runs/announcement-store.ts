import { UpdateCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { RunStore } from "../../../../ports";
import { conditionalWrite } from "../../aws-failure";
import { ENDED, readRun, runKey } from "./run-items";

/** The announcement's part of the run store: who announces a run's end, and that it is done. */
export function createAnnouncementStore(
  client: DynamoDBDocumentClient,
  tableName: string,
): Pick<RunStore, "claimAnnouncement" | "markAnnounced"> {
  return {
    async claimAnnouncement(runId, now, leaseUntil) {
      const claimed = await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(runId),
            ConditionExpression:
              "#open = :ended AND (attribute_not_exists(announcing) OR announcing <= :now)",
            UpdateExpression: "SET announcing = :until",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: {
              ":ended": ENDED,
              ":now": now.getTime(),
              ":until": leaseUntil.getTime(),
            },
            ReturnValues: "ALL_NEW",
          }),
        ),
      );
      return claimed === undefined ? undefined : readRun(claimed.Attributes);
    },

    async markAnnounced(runId) {
      await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: runKey(runId),
            ConditionExpression: "#open = :ended",
            UpdateExpression: "REMOVE #open, announcing",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: { ":ended": ENDED },
          }),
        ),
      );
    },
  };
}
