import { randomUUID } from "node:crypto";
import { ConditionalCheckFailedException, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";

/** The attribute that names the conditional write which an item comes from. */
const WRITE_ID = "writeId";

const conditionalInput = z.object({
  ConditionExpression: z.string(),
  UpdateExpression: z.string().optional(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).optional(),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).optional(),
  Item: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Lets conditional writes survive the loss of their answers. The SDK sends a request again whose answer did
 * not come; if it had been written, its own condition no longer holds, and what succeeded would be reported
 * as refused. So each conditional write leaves an id in the item. When its condition fails, DynamoDB shows
 * the item (`ReturnValuesOnConditionCheckFailure`), and an item with the write's own id is its success. An
 * item that is no more is the success of a deletion that had to be sent again.
 *
 * Not recognised is a write that somebody else has written over before it was sent again. To its writer the
 * item has changed, which is true.
 */
export function recognizeOwnWrites(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const given = conditionalInput.safeParse(args.input).data;
      if (given === undefined) {
        return next(args);
      }
      const writeId = randomUUID();
      const input = Object.assign({}, args.input, withWriteId(given, writeId));
      try {
        return await next({ ...args, input });
      } catch (error) {
        const isDeletion = given.Item === undefined && given.UpdateExpression === undefined;
        const output =
          error instanceof ConditionalCheckFailedException
            ? ownWrite(error, writeId, isDeletion)
            : undefined;
        if (output === undefined) {
          throw error;
        }
        return { response: undefined, output };
      }
    },
    { step: "initialize", name: "recognizeOwnWrites", override: true },
  );
}

/** What the write's input has to say besides what it says. */
function withWriteId(given: z.output<typeof conditionalInput>, writeId: string) {
  const shown = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const };
  if (given.Item !== undefined) {
    return { ...shown, Item: { ...given.Item, [WRITE_ID]: writeId } };
  }
  if (given.UpdateExpression === undefined) {
    return shown;
  }
  const assignment = "#writeId = :writeId";
  const sets = /(^|\s)SET\s+/;
  return {
    ...shown,
    // Not twice, also where the condition would hold again: an update may count something.
    ConditionExpression:
      `(${given.ConditionExpression}) AND ` +
      "(attribute_not_exists(#writeId) OR #writeId <> :writeId)",
    UpdateExpression: sets.test(given.UpdateExpression)
      ? given.UpdateExpression.replace(sets, `$1SET ${assignment}, `)
      : `SET ${assignment} ${given.UpdateExpression}`,
    ExpressionAttributeNames: { ...given.ExpressionAttributeNames, "#writeId": WRITE_ID },
    ExpressionAttributeValues: { ...given.ExpressionAttributeValues, ":writeId": writeId },
  };
}

/** The answer that a write would have had, if what its condition failed on is what it wrote itself. */
function ownWrite(
  { Item: found, $metadata }: ConditionalCheckFailedException,
  writeId: string,
  isDeletion: boolean,
) {
  if (found === undefined) {
    return isDeletion && ($metadata.attempts ?? 1) > 1 ? { $metadata } : undefined;
  }
  const item = unmarshall(found);
  return item[WRITE_ID] === writeId ? { $metadata, Attributes: item } : undefined;
}
