/** AWS's list prices, without free tiers and volume tiers: what the first unit beyond them costs. */
export const priceList = {
  region: "us-east-1",
  /** The month that they are of. The services below name the pricing pages to check them against. */
  asOf: "2026-11",
  currency: "USD",
} as const;

/** Dollars, each per the unit that its name says. */
export const prices = {
  /** AWS Lambda Pricing, x86 (what the functions are configured for); INIT is billed since August 2025. */
  lambda: {
    request: 0.2 / 1e6,
    gigabyteSecond: 0.0000166667,
    /** Disk under /tmp above 512 MB. */
    storageGigabyteSecond: 0.0000000309,
  },
  /** Amazon DynamoDB pricing for on-demand capacity, Standard table class. */
  dynamodb: { writeUnit: 0.625 / 1e6, readUnit: 0.125 / 1e6, gigabyteMonth: 0.25 },
  /** Amazon SQS pricing, standard queues; 64 KB of a payload are a request. */
  sqs: { request: 0.4 / 1e6 },
  /** Amazon S3 pricing, S3 Standard: PUT, COPY, POST and LIST; GET and all others; DELETE is free. */
  s3: { write: 0.005 / 1e3, read: 0.0004 / 1e3, gigabyteMonth: 0.023 },
  /** AWS Secrets Manager Pricing. */
  secretsManager: { request: 0.05 / 1e4, secretMonth: 0.4 },
  /** Amazon EventBridge Pricing: custom events by 64 KB; Scheduler's invocations. */
  eventBridge: { event: 1 / 1e6, schedulerInvocation: 1 / 1e6 },
  /** Amazon SNS pricing, standard topics: publishes by 64 KB. */
  sns: { request: 0.5 / 1e6 },
  /** Amazon API Gateway pricing, HTTP APIs, by 512 KB. */
  apiGateway: { request: 1 / 1e6 },
  /** AWS X-Ray pricing: traces recorded. */
  xray: { trace: 5 / 1e6 },
  /** Amazon CloudWatch Pricing: log data ingested; what stands by the month. */
  cloudWatch: { logGigabyte: 0.5, alarmMonth: 0.1, dashboardMonth: 3, metricMonth: 0.3 },
  /** Amazon EC2 On-Demand Pricing, "Data Transfer OUT From Amazon EC2 To Internet", which holds for Lambda too. */
  transfer: { outGigabyte: 0.09 },
} as const;
