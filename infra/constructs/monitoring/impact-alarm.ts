import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface ImpactAlarmProps {
  /** Raises the alarm when it reaches `threshold`. */
  readonly metric: IMetric;
  readonly threshold: number;
  /** Periods in a row. @default 1 */
  readonly periods?: number | undefined;
  /** Whether it rings, too, when there are no measurements: what measures itself has stopped. @default false */
  readonly ringsOnSilence?: boolean;
  /** What users of the system notice, as one short sentence. */
  readonly impact: string;
  /** What whoever receives the alarm does, as one short sentence. */
  readonly action: string;
  /** SNS topic to notify. */
  readonly topicArn: string;
}

/** An alarm that cannot be made without saying what it means and what to do. */
export class ImpactAlarm extends Construct {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    super(scope, id);
    const alarm = new Alarm(this, "Alarm", {
      metric: props.metric,
      threshold: props.threshold,
      evaluationPeriods: props.periods ?? 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData:
        props.ringsOnSilence === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.impact} ${props.action}`,
    });
    alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(this, "Topic", props.topicArn)));
  }
}
