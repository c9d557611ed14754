import { BatchGetCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Run } from "../../../../domain/runs/run";
import { awsCall, AwsFailure } from "../../aws-failure";
import { readRecord } from "../../../../domain/runs/lifecycle/run-record";
import { runKey } from "./run-items";
import { readEach, type ReportUnreadable } from "../stored-items";

/** Rounds of asking for the items that DynamoDB left out of a batch. */
const BATCH_ATTEMPTS = 5;

/** The records of runs, strongly consistent, in any order; those that don't exist or can't be read are left out. */
export async function getRuns(
  client: DynamoDBDocumentClient,
  tableName: string,
  runIds: readonly string[],
  report: ReportUnreadable,
): Promise<readonly Run[]> {
  return (await readRuns(client, tableName, runIds, report)).items;
}

/** The same, with the ids of those that can't be read. */
export async function readRuns(
  client: DynamoDBDocumentClient,
  tableName: string,
  runIds: readonly string[],
  report: ReportUnreadable,
): Promise<{ readonly items: readonly Run[]; readonly unreadable: readonly string[] }> {
  const found: Record<string, unknown>[] = [];
  let keys: Record<string, unknown>[] = [...new Set(runIds)].map(runKey);
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt === BATCH_ATTEMPTS) {
      throw new AwsFailure("BatchGetItem", "items are left out again and again");
    }
    const answer = await awsCall("BatchGetItem", () =>
      client.send(
        new BatchGetCommand({
          RequestItems: { [tableName]: { Keys: keys, ConsistentRead: true } },
        }),
      ),
    );
    found.push(...(answer.Responses?.[tableName] ?? []));
    keys = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
  }
  const idOf = (item: Record<string, unknown>): string => String(item["runId"]);
  return readEach(found, { kind: "run", idOf, report }, readRecord);
}
