import { Stack } from "aws-cdk-lib";
import { Alias } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { StageConfig, StageName } from "../stage-config";

export interface AlertsProps {
  readonly stage: StageName;
  readonly config: StageConfig;
}

/** Where the ends of runs are told: the account's event bus for programs, a topic for administrators. */
export class Alerts extends Construct {
  /** The account's own bus: rules for these events need no bus of ours. */
  readonly eventBusName = "default";
  readonly eventBusArn: string;
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    this.eventBusArn = Stack.of(this).formatArn({
      service: "events",
      resource: "event-bus",
      resourceName: this.eventBusName,
    });
    this.topic = new Topic(this, "Topic", {
      topicName: `segment-export-${props.stage}-alerts`,
      displayName: "Segment export",
      enforceSSL: true,
      // SNS's own key in the account; its policy lets in whoever may publish.
      masterKey: Alias.fromAliasName(this, "Key", "alias/aws/sns"),
    });
    for (const email of props.config.administratorEmails) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
  }
}
