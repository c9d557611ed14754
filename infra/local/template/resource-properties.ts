import * as z from "zod";
import { logLevelSchema } from "../functions/log-filter";

// Properties as far as the embedded environment acts on them: CloudFormation template reference.
// CloudFormation accepts numbers and booleans written as strings.
const count = z.coerce.number().int();
const flag = z.union([z.boolean(), z.stringbool()]);
const keySchema = z.array(
  z.object({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }),
);
const secondaryIndex = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(["ALL", "INCLUDE", "KEYS_ONLY"]),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

export const tableProperties = z.object({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(secondaryIndex).default([]),
  LocalSecondaryIndexes: z.array(secondaryIndex).default([]),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string(), Enabled: flag.default(true) })
    .optional(),
});
export type TableProperties = z.infer<typeof tableProperties>;

export const bucketProperties = z.object({ BucketName: z.string().optional() });

export const queueProperties = z.object({
  QueueName: z.string().optional(),
  DelaySeconds: count.optional(),
  MaximumMessageSize: count.optional(),
  MessageRetentionPeriod: count.optional(),
  ReceiveMessageWaitTimeSeconds: count.optional(),
  VisibilityTimeout: count.optional(),
  FifoQueue: flag.optional(),
  ContentBasedDeduplication: flag.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
});
export type QueueProperties = z.infer<typeof queueProperties>;

export const functionProperties = z.object({
  FunctionName: z.string().optional(),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string(),
  MemorySize: count.default(128),
  EphemeralStorage: z.object({ Size: count }).default({ Size: 512 }),
  Timeout: count.default(3),
  ReservedConcurrentExecutions: count.optional(),
  RecursiveLoop: z.enum(["Allow", "Terminate"]).default("Terminate"),
  LoggingConfig: z
    .object({
      LogFormat: z.enum(["JSON", "Text"]).default("Text"),
      ApplicationLogLevel: logLevelSchema.default("INFO"),
    })
    .default({ LogFormat: "Text", ApplicationLogLevel: "INFO" }),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .default({
      Variables: {},
    }),
});

/** The asset's directory, relative to the cloud assembly; the CDK writes it as metadata. */
export const functionMetadata = z.object({ "aws:asset:path": z.string() });

export const eventSourceMappingProperties = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  BatchSize: count.default(10),
  MaximumBatchingWindowInSeconds: count.default(0),
  ScalingConfig: z.object({ MaximumConcurrency: count.optional() }).default({}),
  FunctionResponseTypes: z.array(z.string()).default([]),
});

export const apiProperties = z.object({
  ProtocolType: z.literal("HTTP"),
  CorsConfiguration: z
    .object({
      AllowOrigins: z.array(z.string()).default([]),
      AllowMethods: z.array(z.string()).default([]),
      AllowHeaders: z.array(z.string()).default([]),
      ExposeHeaders: z.array(z.string()).default([]),
      AllowCredentials: flag.default(false),
      MaxAge: count.optional(),
    })
    .optional(),
});
export type CorsConfiguration = NonNullable<z.infer<typeof apiProperties>["CorsConfiguration"]>;

export const routeProperties = z.object({
  RouteKey: z.string(),
  /** `integrations/ID`. */
  Target: z.string(),
  AuthorizationType: z.enum(["NONE", "JWT"]).default("NONE"),
  AuthorizerId: z.string().optional(),
  AuthorizationScopes: z.array(z.string()).default([]),
});

export const integrationProperties = z.object({
  IntegrationType: z.literal("AWS_PROXY"),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal("2.0"),
  TimeoutInMillis: count.default(30_000),
});

export const authorizerProperties = z.object({
  AuthorizerType: z.literal("JWT"),
  IdentitySource: z.array(z.string()).default(["$request.header.Authorization"]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
});

export const stageProperties = z.object({
  StageName: z.string(),
  /** By route key. */
  RouteSettings: z
    .record(
      z.string(),
      z.object({ ThrottlingRateLimit: z.coerce.number(), ThrottlingBurstLimit: count }),
    )
    .default({}),
});

const headerText = z.object({ Override: flag });
export const headersPolicyProperties = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.string().optional(),
    SecurityHeadersConfig: z
      .strictObject({
        ContentSecurityPolicy: headerText.extend({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: headerText.optional(),
        FrameOptions: headerText.extend({ FrameOption: z.enum(["DENY", "SAMEORIGIN"]) }).optional(),
        ReferrerPolicy: headerText.extend({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: headerText
          .extend({
            AccessControlMaxAgeSec: count,
            IncludeSubdomains: flag.default(false),
            Preload: flag.default(false),
          })
          .optional(),
      })
      .default({}),
    CustomHeadersConfig: z
      .object({ Items: z.array(headerText.extend({ Header: z.string(), Value: z.string() })) })
      .default({ Items: [] }),
  }),
});
export type HeadersPolicy = z.infer<typeof headersPolicyProperties>["ResponseHeadersPolicyConfig"];

export const edgeFunctionProperties = z.object({
  FunctionCode: z.string(),
  FunctionConfig: z.object({ Runtime: z.literal("cloudfront-js-2.0") }),
});

export const scheduleProperties = z.looseObject({ Name: z.string().optional() });

export const topicProperties = z.object({ TopicName: z.string().optional() });

export const scheduleGroupProperties = z.object({ Name: z.string().optional() });
