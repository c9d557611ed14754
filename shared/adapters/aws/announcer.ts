import { PutEventsCommand, type EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { RUN_ENDED_DETAIL_TYPE, RUN_ENDED_SOURCE } from "../../domain/runs/run-ended-event";
import type { Announcer } from "../../ports";
import { awsCall, AwsFailure } from "./aws-failure";

/** Events on an EventBridge bus, mails by an SNS topic. */
export function createAnnouncer(
  clients: { readonly events: EventBridgeClient; readonly sns: SNSClient },
  targets: { readonly eventBusName: string; readonly topicArn: string },
): Announcer {
  return {
    async publish(event) {
      const answer = await awsCall("PutEvents", () =>
        clients.events.send(
          new PutEventsCommand({
            Entries: [
              {
                EventBusName: targets.eventBusName,
                Source: RUN_ENDED_SOURCE,
                DetailType: RUN_ENDED_DETAIL_TYPE,
                Time: new Date(event.endedAt),
                Detail: JSON.stringify(event),
              },
            ],
          }),
        ),
      );
      if ((answer.FailedEntryCount ?? 0) > 0) {
        // An entry that is refused does not make the call fail.
        throw new AwsFailure("PutEvents", answer.Entries?.[0]?.ErrorCode ?? "an entry was refused");
      }
    },

    async mail({ subject, body }) {
      await awsCall("Publish", () =>
        clients.sns.send(
          new PublishCommand({ TopicArn: targets.topicArn, Subject: subject, Message: body }),
        ),
      );
    },
  };
}
