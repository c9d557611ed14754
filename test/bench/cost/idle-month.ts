import * as z from "zod";
import type { CostItem } from "./itemize";
import { prices } from "./prices";

/** A synthesized template, as far as it tells what there is. */
export interface PricedTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }
    >
  >;
}

const MONTH_MINUTES = 30 * 24 * 60;

/**
 * Long polls that Lambda keeps open on an idle queue, and how long each lasts. Lambda's developer guide,
 * "Configuring scaling behavior for SQS event source mappings", has it begin with five batches at a time; that
 * as many polls are open on an idle queue, also where the maximum concurrency is lower, is the assumption here.
 */
const POLLERS = 5;
const POLLS_A_MINUTE = 3;

/** What one round of the watch takes when there is nothing to do. A whole-system test holds it. */
export const idleRound = {
  /** One look for dead letters. */
  sqsRequests: 1,
  /** Open runs, runs to be announced, exports that follow refreshes, the system's schedule: half a unit each. */
  readUnits: 2.5,
  /** What the function writes. */
  logBytes: 0,
} as const;
/** Assumed: seconds that Lambda bills for a round, and bytes of its own lines on each start, where it writes them. */
const ROUND_SECONDS = 0.05;
const PLATFORM_LOG_BYTES = 1_000;

/** By type, what is charged while nothing happens; what is charged by use, or not at all, is named too. */
const charged: readonly string[] = [
  "AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Scheduler::Schedule",
];
const notChargedWhenIdle = [
  /^AWS::ApiGatewayV2::/,
  /^AWS::CloudFront::/,
  /^AWS::Cognito::/,
  /^AWS::DynamoDB::Table$/,
  /^AWS::IAM::/,
  /^AWS::Lambda::(EventInvokeConfig|Function|LayerVersion|Permission)$/,
  /^AWS::Logs::LogGroup$/,
  /^AWS::S3::/,
  /^AWS::SNS::/,
  /^AWS::SQS::/,
  /^AWS::Scheduler::ScheduleGroup$/,
  /^Custom::/,
];

const alarmSchema = z.object({
  Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
});
const scheduleSchema = z.object({
  ScheduleExpression: z.templateLiteral(["rate(", z.number(), z.enum([" minute)", " minutes)"])]),
  Target: z.object({ Arn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) }) }),
});
const functionSchema = z.object({
  MemorySize: z.number(),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
  LoggingConfig: z.object({ SystemLogLevel: z.string().default("INFO") }).prefault({}),
});

/**
 * What a month costs in which no export runs, by what a template has: at list prices, without free tiers. Storage is
 * left out, which depends on what is kept. Throws on a type of resource whose price is not known here.
 *
 * @param secrets that connections keep
 */
export function itemizeIdleMonth(template: PricedTemplate, secrets: number): CostItem[] {
  const all = Object.values(template.Resources);
  const unknown = all.filter(
    ({ Type }) =>
      !charged.includes(Type) && !notChargedWhenIdle.some((pattern) => pattern.test(Type)),
  );
  if (unknown.length > 0) {
    throw new Error(`What ${unknown.map(({ Type }) => Type).join(", ")} cost is not known.`);
  }
  const ofType = (type: string) => all.filter(({ Type }) => Type === type);
  const sources = ofType("AWS::Lambda::EventSourceMapping").length;
  const alarmMetrics = ofType("AWS::CloudWatch::Alarm")
    .map(({ Properties }) => alarmSchema.parse(Properties))
    // One of metric math is charged by the metrics that it looks at.
    .map(({ Metrics = [{ MetricStat: true }] }) => Metrics.filter((each) => each.MetricStat).length)
    .reduce((sum, metrics) => sum + metrics, 0);
  const rounds = ofType("AWS::Scheduler::Schedule").map(({ Properties }) => {
    const { ScheduleExpression, Target } = scheduleSchema.parse(Properties);
    const started = template.Resources[Target.Arn["Fn::GetAtt"][0]]?.Properties;
    const { MemorySize, TracingConfig, LoggingConfig } = functionSchema.parse(started);
    const starts = MONTH_MINUTES / Number(/\d+/.exec(ScheduleExpression)?.[0]);
    return {
      starts,
      gigabyteSeconds: (starts * ROUND_SECONDS * MemorySize) / 1024,
      traces: TracingConfig?.Mode === "Active" ? starts : 0,
      logBytes:
        starts *
        (idleRound.logBytes + (LoggingConfig.SystemLogLevel === "WARN" ? 0 : PLATFORM_LOG_BYTES)),
    };
  });
  const sum = (of: (round: (typeof rounds)[number]) => number): number =>
    rounds.reduce((total, round) => total + of(round), 0);
  const starts = sum((round) => round.starts);

  const line = (item: string, quantity: number, unit: string, price: number): CostItem => ({
    kind: "requests and compute",
    item,
    quantity,
    unit,
    dollars: quantity * price,
  });
  const { cloudWatch, dynamodb, lambda } = prices;
  const polls = sources * POLLERS * POLLS_A_MINUTE * MONTH_MINUTES;
  const logGigabytes = sum((round) => round.logBytes) / 1e9;
  return [
    line("SQS polls of idle queues", polls, "requests", prices.sqs.request),
    line("watch: starts", starts, "starts", prices.eventBridge.schedulerInvocation),
    line("watch: Lambda requests", starts, "requests", lambda.request),
    line(
      "watch: Lambda duration",
      sum((round) => round.gigabyteSeconds),
      "GB-s",
      lambda.gigabyteSecond,
    ),
    line(
      "watch: traces",
      sum((round) => round.traces),
      "traces",
      prices.xray.trace,
    ),
    line("watch: DynamoDB reads", starts * idleRound.readUnits, "RRU", dynamodb.readUnit),
    line("watch: SQS", starts * idleRound.sqsRequests, "requests", prices.sqs.request),
    line("watch: CloudWatch Logs", logGigabytes, "GB", cloudWatch.logGigabyte),
    line("alarms", alarmMetrics, "metrics", cloudWatch.alarmMonth),
    line(
      "dashboards",
      ofType("AWS::CloudWatch::Dashboard").length,
      "dashboards",
      cloudWatch.dashboardMonth,
    ),
    line("connections' secrets", secrets, "secrets", prices.secretsManager.secretMonth),
  ].filter(({ quantity }) => quantity > 0);
}
