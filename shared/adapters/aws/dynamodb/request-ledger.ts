import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type DynamoDBDocumentClient,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { RequestLedger } from "../../../ports";
import { awsCall, conditionalWrite } from "../aws-failure";
import { readStored } from "./stored-items";

/** Answers are kept for a day, as the API's description says. */
const KEPT_SECONDS = 24 * 3_600;

const itemSchema = z.object({
  contentHash: z.string(),
  seed: z.string(),
  /** Milliseconds since 1970. */
  claimedUntil: z.number(),
  answer: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
    })
    .optional(),
});

/** One item a request, by `request`; it goes a day after the request began. */
export function createRequestLedger(
  client: DynamoDBDocumentClient,
  tableName: string,
): RequestLedger {
  return {
    async begin(request, contentHash, { now, seconds, newSeed }) {
      const nowSeconds = Math.floor(now.getTime() / 1_000);
      const claimedUntil = now.getTime() + seconds * 1_000;
      const begun = await conditionalWrite("PutItem", () =>
        client.send(
          new PutCommand({
            TableName: tableName,
            Item: {
              request,
              contentHash,
              seed: newSeed,
              claimedUntil,
              expiresAt: nowSeconds + KEPT_SECONDS,
            },
            // DynamoDB may keep what has expired for two days more.
            ConditionExpression: "attribute_not_exists(#request) OR #expiresAt <= :now",
            ExpressionAttributeNames: { "#request": "request", "#expiresAt": "expiresAt" },
            ExpressionAttributeValues: { ":now": nowSeconds },
          }),
        ),
      );
      if (begun !== undefined) {
        return { kind: "begun", seed: newSeed };
      }
      const { Item } = await awsCall("GetItem", () =>
        client.send(
          new GetCommand({ TableName: tableName, Key: { request }, ConsistentRead: true }),
        ),
      );
      if (Item === undefined) {
        // Released this moment.
        return { kind: "busy" };
      }
      const known = readStored("kept answer", request, () => itemSchema.parse(Item));
      if (known.contentHash !== contentHash) {
        return { kind: "other" };
      }
      if (known.answer !== undefined) {
        return { kind: "answered", answer: known.answer };
      }
      if (known.claimedUntil > now.getTime()) {
        return { kind: "busy" };
      }
      const taken = await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { request },
            UpdateExpression: "SET claimedUntil = :until",
            ConditionExpression: "seed = :seed AND claimedUntil = :before",
            ExpressionAttributeValues: {
              ":until": claimedUntil,
              ":seed": known.seed,
              ":before": known.claimedUntil,
            },
          }),
        ),
      );
      return taken !== undefined ? { kind: "begun", seed: known.seed } : { kind: "busy" };
    },

    async complete(request, seed, answer) {
      await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { request },
            UpdateExpression: "SET answer = :answer",
            ConditionExpression: "seed = :seed",
            ExpressionAttributeValues: { ":answer": answer, ":seed": seed },
          }),
        ),
      );
    },

    async release(request, seed, keep) {
      const claim = {
        TableName: tableName,
        Key: { request },
        ConditionExpression: "seed = :seed",
      };
      if (keep === "nothing") {
        await conditionalWrite("DeleteItem", () =>
          client.send(
            new DeleteCommand({ ...claim, ExpressionAttributeValues: { ":seed": seed } }),
          ),
        );
        return;
      }
      await conditionalWrite("UpdateItem", () =>
        client.send(
          new UpdateCommand({
            ...claim,
            UpdateExpression: "SET claimedUntil = :past",
            ExpressionAttributeValues: { ":seed": seed, ":past": 0 },
          }),
        ),
      );
    },
  };
}
