import { Duration } from "aws-cdk-lib";
import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  Stats,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { FunctionName } from "../../../functions/definitions";
import type { QueueName, WorkSource } from "../../../shared/config/function-definition";
import { endpointLimits } from "../../../shared/domain/klaviyo/rate-limit";
import type { StageName } from "../../stage-config";
import { workerOn } from "../functions/every-function";
import { ImpactAlarm } from "./impact-alarm";
import type { ServiceFunction } from "../functions/service-function";
import type { WorkQueue } from "../work-queue";

export interface SystemDashboardProps {
  readonly stage: StageName;
  readonly queues: Readonly<Record<QueueName, WorkQueue>>;
  readonly functions: Readonly<Record<FunctionName, ServiceFunction>>;
  readonly deadLetters: Queue;
  readonly alarmTopicArn: string;
}

/** As the functions write it (shared/observability/metrics.ts). */
const NAMESPACE = "KlaviyoSegmentExport";

const PERIOD = Duration.minutes(5);

/**
 * How the system fares, on one page, and alarms on what shows before something fails, or in sums over exports. Only with
 * `monitoring: "full"`: CloudWatch takes more for them than an idle system costs otherwise.
 */
export class SystemDashboard extends Construct {
  constructor(scope: Construct, id: string, props: SystemDashboardProps) {
    super(scope, id);
    const measured = (metricName: string, statistic: string, period = PERIOD): Metric =>
      new Metric({
        namespace: NAMESPACE,
        metricName,
        statistic,
        period,
        dimensionsMap: { service: props.stage },
      });
    const sums = (...names: string[]): IMetric[] =>
      names.map((name) => measured(name, Stats.SUM).with({ label: name }));
    const queues = Object.entries(props.queues);
    // SQS does not count redriven messages as sent, but counts that they are looked at.
    const givenUp = props.deadLetters.metricNumberOfMessagesReceived({
      period: PERIOD,
      statistic: Stats.SUM,
    });

    const dashboard = new Dashboard(this, "Dashboard", {
      dashboardName: `segment-export-${props.stage}`,
      defaultInterval: Duration.days(1),
    });
    dashboard.addWidgets(
      new TextWidget({
        width: 24,
        height: 2,
        markdown:
          `# Klaviyo segment export: ${props.stage}\n` +
          "The description of each alarm says what happened and what to do. An export's own numbers are at GET /exports/{id}.",
      }),
    );
    dashboard.addWidgets(
      graph("Runs that ended", sums("RunsEnded", "RunsFailed", "RunsSkipped")),
      graph("Profiles", sums("ProfilesSent", "ProfilesRejected", "ProfilesUnsent")),
      graph("Seconds to finish a run", [
        measured("SecondsToFinish", "p50").with({ label: "half of the runs" }),
        measured("SecondsToFinish", "p95").with({ label: "95 of 100" }),
        measured("SecondsToFinish", Stats.MAXIMUM).with({ label: "the slowest" }),
      ]),
    );
    dashboard.addWidgets(
      graph("Share of Klaviyo's limit used, per account (%)", [rateUsed(props.stage)]),
      graph("Age of the oldest chunk (s)", [measured("OldestChunkAge", Stats.MAXIMUM)]),
      graph(
        "Age of the oldest message (s)",
        queues.map(([name, { queue }]) =>
          queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, label: name }),
        ),
      ),
    );
    dashboard.addWidgets(
      graph(
        "Messages waiting",
        queues.map(([name, { queue }]) =>
          queue.metricApproximateNumberOfMessagesVisible({ period: PERIOD, label: name }),
        ),
      ),
      graph("Messages given up", [givenUp.with({ label: "all queues" })]),
      graph(
        "Errors of functions",
        Object.entries(props.functions).map(([name, { lambda }]) =>
          lambda.metricErrors({ period: PERIOD, label: name }),
        ),
      ),
    );

    const logOn = (source: WorkSource): string => props.functions[workerOn(source)].label;
    const alarm = (
      name: string,
      metric: IMetric,
      threshold: number,
      texts: { impact: string; action: string },
      periods?: number,
    ): void => {
      new ImpactAlarm(this, name, {
        metric,
        threshold,
        ...texts,
        periods,
        topicArn: props.alarmTopicArn,
      });
    };
    alarm("GaveUp", givenUp, 1, {
      impact:
        "A message could not be handled: a run or a preview failed, or an export did not start.",
      action: `Find it in the log of ${logOn("everyMinute")} (deadLetter), correct the cause and start it again.`,
    });
    alarm("FailedRuns", measured("RunsFailed", Stats.SUM, Duration.hours(1)), 5, {
      impact: "At least five runs failed within an hour.",
      action: `Look up the codes of the failed runs (runEnded in the log of ${logOn("settle")}) in docs/errors.md.`,
    });
    alarm("UnsentProfiles", measured("ProfilesUnsent", Stats.SUM), 1, {
      impact: "A run failed because some profiles could not be sent to Klaviyo.",
      action:
        "Look up the run's problem (GET /runs/{id}), correct the cause and start the run again.",
    });
    alarm(
      "OldChunk",
      measured("OldestChunkAge", Stats.MAXIMUM),
      Duration.hours(1).toSeconds(),
      {
        impact: "A run has been sending to Klaviyo or waiting for it for more than an hour.",
        action: `Spread the schedules if Klaviyo's limit is used up, otherwise read the logs of ${logOn("push")} and ${logOn("confirm")}.`,
      },
      3,
    );
    alarm(
      "LateStarts",
      props.queues.start.queue.metricApproximateAgeOfOldestMessage({
        period: PERIOD,
        statistic: Stats.MAXIMUM,
      }),
      Duration.minutes(10).toSeconds(),
      {
        impact: "Exports that are due have waited for ten minutes to start.",
        action: `Read the log of ${logOn("start")}, and raise concurrency.start if it shows no errors.`,
      },
    );
  }
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
}

/** Import jobs a minute of each account, as a share of what Klaviyo allows it. */
function rateUsed(stage: StageName): MathExpression {
  const jobs = `{${NAMESPACE},account,service} MetricName="ImportJobs" service="${stage}"`;
  return new MathExpression({
    expression: `SEARCH('${jobs}', 'Sum', 60) / ${endpointLimits.createImportJob.steady} * 100`,
    label: "",
    period: Duration.minutes(1),
  });
}
