import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { StageConfig, StageName } from "../../stage-config";

export interface AlertsProps {
  readonly stage: StageName;
  readonly config: StageConfig;
}

/**
 * Where the ends of runs are told: the account's event bus for programs, a topic for administrators, to whom
 * alarms are told there, too. The topic has no key: CloudWatch can't publish under SNS's own (`alias/aws/sns`),
 * whose policy can't be changed, and a key of ours would cost $1 a month to encrypt for a moment what then
 * goes out as plain mail.
 */
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
    });
    // A topic with a policy lets in only whom that names, besides the account's own roles.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: "LetAlarmsRing",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    for (const email of props.config.administratorEmails) {
      this.topic.addSubscription(new EmailSubscription(email));
    }
  }
}
