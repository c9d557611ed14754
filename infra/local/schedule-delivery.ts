import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { Deliver } from "./emulators/scheduler/schedules";
import type { FunctionHost } from "./functions/function-host";
import type { AwsCaller } from "./front/aws-request";
import { functionOf } from "./gateway/http-api";
import type { Authorizer } from "./iam/authorizer";

/** What the scheduler may do as which role; undefined when nobody is held to permissions. */
export type ScheduleAuthorizer = Pick<Authorizer, "mayAssume" | "refusalOf"> | undefined;

/**
 * Brings due schedules to their targets: Lambda functions and SQS queues, with the role that they name.
 *
 * @param sqsAs a client of SQS that calls as someone.
 * @param queueUrlOf the URL of the queue with an ARN.
 */
export function scheduleDelivery(
  functions: FunctionHost,
  authorizer: ScheduleAuthorizer,
  sqsAs: (caller: AwsCaller) => SQSClient,
  queueUrlOf: (arn: string) => string | undefined,
  onProblem: (problem: unknown) => void,
): Deliver {
  return async (target, input, groupArn) => {
    try {
      const caller = { kind: "schedule", roleArn: target.RoleArn } as const;
      if (authorizer?.mayAssume(target.RoleArn, "scheduler.amazonaws.com", groupArn) === false) {
        throw new Error(`The scheduler may not assume ${target.RoleArn} for ${groupArn}.`);
      }
      const [, , service] = target.Arn.split(":");
      switch (service) {
        case "lambda": {
          const need = { action: "lambda:InvokeFunction", resource: target.Arn, context: {} };
          const refused = authorizer?.refusalOf(caller, "scheduler", need);
          if (refused !== undefined) throw refused;
          functions.invokeAsynchronously(functionOf(target.Arn), JSON.parse(input));
          return;
        }
        case "sqs": {
          const QueueUrl = queueUrlOf(target.Arn);
          if (QueueUrl === undefined) throw new Error(`There is no queue ${target.Arn}.`);
          const group = target.SqsParameters?.MessageGroupId;
          await sqsAs(caller).send(
            new SendMessageCommand({
              QueueUrl,
              MessageBody: input,
              MessageGroupId: group,
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
