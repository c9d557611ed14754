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
import { Construct } from "constructs";
import type { FunctionName } from "../../../functions/definitions";
import type { QueueName } from "../../../shared/config/function-definition";
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
  readonly alarmTopicArn: string;
}

/** As the functions write it (shared/observability/metrics.ts). */
const NAMESPACE = "KlaviyoSegmentExport";

const PERIOD = Duration.minutes(5);

/** How the system fares, on one page, and the alarms on what runs measure themselves. */
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
          "Alarms say in their description what they mean and what to do. An export's own numbers are at GET /exports/{id}.",
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
      graph(
        "Messages given up",
        queues.map(([name, { deadLetterQueue }]) =>
          deadLetterQueue.metricNumberOfMessagesReceived({
            period: PERIOD,
            statistic: Stats.SUM,
            label: name,
          }),
        ),
      ),
      graph(
        "Errors of functions",
        Object.entries(props.functions).map(([name, { lambda }]) =>
          lambda.metricErrors({ period: PERIOD, label: name }),
        ),
      ),
    );

    const logOn = (queue: QueueName): string => props.functions[workerOn(queue)].label;
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
        ...(periods === undefined ? {} : { periods }),
        topicArn: props.alarmTopicArn,
      });
    };
    alarm("FailedRuns", measured("RunsFailed", Stats.SUM, Duration.hours(1)), 5, {
      impact: "Five runs or more failed within an hour, so that lists are not up to date.",
      action: `See whether the failed runs have a code in common (event runEnded in the logs of ${logOn("settle")}): keyRefused concerns one connection, klaviyoUnavailable Klaviyo, internalError this system.`,
    });
    alarm("UnsentProfiles", measured("ProfilesUnsent", Stats.SUM), 1, {
      impact: "Profiles could not be sent to Klaviyo; their run ended as failed.",
      action:
        "Look up the run's problem (GET /runs/{id}), correct its cause and start the run again: what was not sent is tried again.",
    });
    alarm(
      "OldChunk",
      measured("OldestChunkAge", Stats.MAXIMUM),
      Duration.hours(1).toSeconds(),
      {
        impact: "A run has been sending or waiting for Klaviyo for more than an hour.",
        action: `If the share of Klaviyo's limit is high, the runs are too large for the time: spread the schedules. If it is low, read the logs of ${logOn("push")} and ${logOn("confirm")}, and Klaviyo's status page.`,
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
        impact: "Exports that are due have been waiting to start for ten minutes.",
        action: `Read the log of ${logOn("start")}; if it only has too much to do, raise concurrency.start in infra/stage-config.ts.`,
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
