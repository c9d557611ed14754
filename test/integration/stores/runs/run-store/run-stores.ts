import type { RunStore } from "../../../../../shared/ports";
import { createRunStore } from "../../../../../shared/adapters/aws/dynamodb/runs/run-store";
import { fakeRunStore } from "../../../../support/fakes/stores/run-store";
import { recordingWrites, type RecordedWrite } from "../../../../support/recorded-writes";
import { useDynamoDb } from "../../backends";

export const dynamoDb = useDynamoDb();
export const runStores: [string, () => Promise<RunStore>][] = [
  ["fake", async () => fakeRunStore()],
  ["DynamoDB", () => onDynamoDb(dynamoDb.client())],
  ["DynamoDB that loses answers", () => onDynamoDb(dynamoDb.losingAnswers())],
];

/** All that the tests have written of runs on DynamoDB. */
export const written: RecordedWrite[] = [];

async function onDynamoDb(client: ReturnType<typeof dynamoDb.client>): Promise<RunStore> {
  const isRun = ({ item }: Readonly<Record<string, unknown>>): boolean => item === "run";
  const recording = recordingWrites(client, isRun, written);
  return createRunStore(recording, await dynamoDb.makeTable("runs"), 90);
}
