import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Deliver } from "./emulators/scheduler/schedules";
import type { FunctionHost } from "./functions/function-host";
import { functionOf } from "./gateway/http-api";

/**
 * Brings due schedules to their targets: Lambda functions and SQS queues.
 *
 * @param queueUrlOf the URL of the queue with an ARN.
 */
export function scheduleDelivery(
  functions: FunctionHost,
  sqs: SQSClient,
  queueUrlOf: (arn: string) => string | undefined,
  onProblem: (problem: unknown) => void,
): Deliver {
  return async (target, input) => {
    try {
      const [, , service] = target.Arn.split(":");
      switch (service) {
        case "lambda":
          functions.invokeAsynchronously(functionOf(target.Arn), JSON.parse(input));
          return;
        case "sqs": {
          const QueueUrl = queueUrlOf(target.Arn);
          if (QueueUrl === undefined) throw new Error(`There is no queue ${target.Arn}.`);
          const group = target.SqsParameters?.MessageGroupId;
          await sqs.send(
            new SendMessageCommand({
              QueueUrl,
              MessageBody: input,
              ...(group === undefined ? {} : { MessageGroupId: group }),
            }),
          );
          return;
        }
        default:
          throw new Error(`Schedules can't have the target ${target.Arn} here.`);
      }
    } catch (problem) {
      onProblem(problem);
    }
  };
}
