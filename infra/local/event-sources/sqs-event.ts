import type { Message, MessageAttributeValue } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { localRegion } from "../aws-identity";

/** The event with which Lambda hands messages to a function (developer guide, "Using SQS"). */
export function sqsEvent(messages: readonly Message[], queueArn: string): object {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(
        Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
          name,
          messageAttribute(value),
        ]),
      ),
      md5OfBody: message.MD5OfBody,
      md5OfMessageAttributes: message.MD5OfMessageAttributes,
      eventSource: "aws:sqs",
      eventSourceARN: queueArn,
      awsRegion: localRegion,
    })),
  };
}

function messageAttribute(value: MessageAttributeValue): object {
  return {
    stringValue: value.StringValue,
    ...(value.BinaryValue === undefined
      ? {}
      : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType,
  };
}

const batchResponseSchema = z
  .object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
  })
  .nullish();

/**
 * The messages that a function which reports batch item failures has dealt with.
 *
 * A result of another shape, or one that names a message that was not in the batch, counts as a
 * failure of the whole batch (developer guide, "Success and failure conditions").
 *
 * @param payload the function's result, JSON.
 */
export function succeededMessages(messages: readonly Message[], payload: string): Message[] {
  const response = batchResponseSchema.safeParse(JSON.parse(payload));
  if (!response.success) return [];
  const failed = new Set(
    (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier),
  );
  const ids = new Set(messages.map((message) => message.MessageId));
  if ([...failed].some((id) => !ids.has(id))) return [];
  return messages.filter((message) => !failed.has(message.MessageId ?? ""));
}
