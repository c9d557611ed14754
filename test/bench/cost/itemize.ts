import type { EnvironmentStatistics } from "../../../infra/local/environment";
import { prices } from "./prices";

/**
 * What a line of the bill is for. `requests and compute` is what the aim is about; `transfer` leaves AWS;
 * `storage` is what the run's objects cost while they are kept; `metrics` is what CloudWatch takes for custom
 * metrics, by the hour in which there are measurements of one.
 */
export const costKinds = ["requests and compute", "transfer", "storage", "metrics"] as const;
export type CostKind = (typeof costKinds)[number];

/** One line of a bill. */
export interface CostItem {
  readonly kind: CostKind;
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
  readonly dollars: number;
}

/** What a run used, and what only who watched it from outside knows. */
export interface BilledRun {
  readonly usage: EnvironmentStatistics;
  /** Bytes posted to Klaviyo. */
  readonly sentBytes: number;
  /** Days that the staged objects and the snapshot are kept; one of each is there at a time. */
  readonly keptDays: number;
}

const GIGABYTE = 1e9;
const MONTH_HOURS = 30 * 24;

/** The bill for what a run used. Lines that come to nothing are left out. */
export function itemize({ usage, sentBytes, keptDays }: BilledRun): CostItem[] {
  const { requests } = usage;
  const functions = Object.values(usage.functions);
  const tables = Object.values(usage.capacities);
  const total = <From>(all: readonly From[], of: (one: From) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0);
  const requestsOf = (service: string, ...actions: string[]): number =>
    total(
      Object.entries(requests[service] ?? {}).filter(
        ([action]) => actions.length === 0 || actions.includes(action),
      ),
      ([, { requests: made }]) => made,
    );
  const unitsOf = (service: string): number =>
    total(Object.values(requests[service] ?? {}), ({ units }) => units);
  const s3Writes = requestsOf(
    "s3",
    ...["PutObject", "CopyObject", "UploadPart", "UploadPartCopy", "CreateMultipartUpload"],
    ...["CompleteMultipartUpload", "ListObjects", "ListObjectsV2"],
  );
  const s3Free = requestsOf("s3", "DeleteObject", "DeleteObjects", "AbortMultipartUpload");
  const invocations = total(functions, (used) => used.invocations);
  const logGigabytes = total(functions, ({ logBytes }) => logBytes) / GIGABYTE;
  // A run that is over within the hour: each of its metrics is charged for that hour.
  const metricHours = new Set(functions.flatMap(({ metrics }) => metrics)).size;
  const keptGigabyteMonths = (writtenBytes(usage) / GIGABYTE) * (keptDays / 30);

  const line = (
    item: string,
    quantity: number,
    unit: string,
    price: number,
    kind: CostKind = "requests and compute",
  ): CostItem => ({ kind, item, quantity, unit, dollars: quantity * price });
  const { lambda, dynamodb, sqs, s3, eventBridge } = prices;
  const gigabyteSeconds = total(functions, (used) => used.gigabyteSeconds);
  const storageSeconds = total(functions, (used) => used.storageGigabyteSeconds);
  return [
    line("Lambda duration", gigabyteSeconds, "GB-s", lambda.gigabyteSecond),
    line("Lambda disk", storageSeconds, "GB-s", lambda.storageGigabyteSecond),
    line("Lambda requests", invocations, "requests", lambda.request),
    line(
      "DynamoDB writes",
      total(tables, (of) => of.writeUnits),
      "WRU",
      dynamodb.writeUnit,
    ),
    line(
      "DynamoDB reads",
      total(tables, (of) => of.readUnits),
      "RRU",
      dynamodb.readUnit,
    ),
    line("SQS", unitsOf("sqs"), "requests", sqs.request),
    line("S3 PUT, POST, LIST", s3Writes, "requests", s3.write),
    line("S3 GET, HEAD", requestsOf("s3") - s3Writes - s3Free, "requests", s3.read),
    line(
      "Secrets Manager",
      requestsOf("secretsmanager"),
      "requests",
      prices.secretsManager.request,
    ),
    line("EventBridge events", unitsOf("events"), "events", eventBridge.event),
    line(
      "Scheduler",
      requestsOf("scheduler", "Invocation"),
      "starts",
      eventBridge.schedulerInvocation,
    ),
    line("SNS", unitsOf("sns"), "requests", prices.sns.request),
    line("API Gateway", requestsOf("apigateway"), "requests", prices.apiGateway.request),
    // At most one trace an invocation: Lambda samples one request a second and 5 % of the others.
    line("X-Ray, if each is traced", invocations, "traces", prices.xray.trace),
    line("CloudWatch Logs", logGigabytes, "GB", prices.cloudWatch.logGigabyte),
    line("out to Klaviyo", sentBytes / GIGABYTE, "GB", prices.transfer.outGigabyte, "transfer"),
    line("objects in S3", keptGigabyteMonths, "GB-months", s3.gigabyteMonth, "storage"),
    line(
      "custom metrics",
      metricHours,
      "hours",
      prices.cloudWatch.metricMonth / MONTH_HOURS,
      "metrics",
    ),
  ].filter(({ quantity }) => quantity > 0);
}

/** Bytes that were put into S3. */
export function writtenBytes({ requests }: Pick<EnvironmentStatistics, "requests">): number {
  return ["PutObject", "UploadPart"].reduce(
    (sum, action) => sum + (requests["s3"]?.[action]?.requestBytes ?? 0),
    0,
  );
}

/** Bytes that were read from S3. */
export function readBytes({ requests }: Pick<EnvironmentStatistics, "requests">): number {
  return requests["s3"]?.["GetObject"]?.responseBytes ?? 0;
}

export function sumOf(items: readonly CostItem[], kind: CostKind): number {
  return items.filter((item) => item.kind === kind).reduce((sum, { dollars }) => sum + dollars, 0);
}
