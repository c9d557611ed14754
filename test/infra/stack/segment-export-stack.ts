import { describe, expect, test } from "@jest/globals";
import { apiRoutes } from "../../../shared/config/api-routes";
import { environmentSchema } from "../../../shared/config/function-definition";
import { METRICS_NAMESPACE } from "../../../shared/observability/metrics";
import type { MetricName } from "../../../shared/ports";
import { functionNames } from "../../../functions/definitions";
import { definitionOf } from "../../../infra/constructs/functions/every-function";
import { stageNameSchema } from "../../../infra/stage-config";
import { resource, resourcesOf, synthesize, templateOf, type Resource } from "./synthesized";

const constructOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const production = templateOf("production");
const full = synthesize({ stage: "production", configuration: { monitoring: "full" } });

describe.each(stageNameSchema.options)("the stack of stage %s", (stage) => {
  const template = templateOf(stage);

  test("has the routes of the table, each behind the token check, and no others", () => {
    const routes = resourcesOf(template, "AWS::ApiGatewayV2::Route").map(([, { Properties }]) => {
      expect(Properties).toMatchObject({
        AuthorizationType: "JWT",
        AuthorizerId: { Ref: expect.any(String) },
      });
      return Properties["RouteKey"] as string;
    });
    expect(routes.sort()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  test.each(functionNames)("gives %s exactly the environment that its schema asks for", (name) => {
    const { Properties } = resource(
      template,
      "AWS::Lambda::Function",
      `${constructOf(name)}Function`,
    );
    const variables = Properties["Environment"].Variables as Record<string, unknown>;
    const { NODE_OPTIONS: _nodeOptions, ...environment } = variables;
    // What CloudFormation fills in later stands for a URL, which satisfies every variable's check.
    const filled = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        typeof value === "string" ? value : "https://filled.example/in",
      ]),
    );
    const schema = environmentSchema(definitionOf(name));
    expect(schema.parse(filled)).toEqual(filled);
    expect(Object.keys(filled).sort()).toEqual(Object.keys(schema.shape).sort());
  });

  test("runs every function on Node 24, x86_64, with its own role and its own expiring log", () => {
    const functions = resourcesOf(template, "AWS::Lambda::Function").filter(
      // CDK's function that empties buckets before they go has no name of ours.
      ([, { Properties }]) => Properties["FunctionName"] !== undefined,
    );
    expect(functions).toHaveLength(functionNames.length);
    const own = (property: (resource: Resource) => unknown): Set<string> =>
      new Set(functions.map(([, made]) => JSON.stringify(property(made))));
    expect(own(({ Properties }) => Properties["Role"]).size).toBe(functions.length);
    expect(own(({ Properties }) => Properties["LoggingConfig"].LogGroup).size).toBe(
      functions.length,
    );
    for (const [, { Properties }] of functions) {
      expect(Properties).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["x86_64"],
        LoggingConfig: { LogFormat: "JSON" },
      });
    }
    for (const [, { Properties }] of resourcesOf(template, "AWS::Logs::LogGroup")) {
      expect(Properties["RetentionInDays"]).toBeGreaterThan(0);
    }
  });

  test("lets a chain of messages invoke those functions again and again that loop on purpose, and no others", () => {
    const allowed = resourcesOf(template, "AWS::Lambda::Function")
      .filter(([, { Properties }]) => Properties["RecursiveLoop"] === "Allow")
      .map(([, { Properties }]) => Properties["FunctionName"] as string);
    const looping = functionNames
      .map(definitionOf)
      .filter((definition) => definition.kind === "job" && definition.loopsBecause !== undefined);
    expect(allowed.sort()).toEqual(
      looping.map(({ label }) => `segment-export-${stage}-${label}`).sort(),
    );
    expect(allowed).toEqual(
      expect.arrayContaining(
        ["confirm-run", "prepare-run", "push-chunks"].map(
          (label) => `segment-export-${stage}-${label}`,
        ),
      ),
    );
    expect(allowed).not.toContain(expect.stringMatching(/-api$/));
  });

  test("encrypts what it stores, and keeps a history of the tables", () => {
    const tables = resourcesOf(template, "AWS::DynamoDB::Table");
    expect(tables).toHaveLength(7);
    for (const [, { Properties }] of tables) {
      expect(Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
    for (const [, { Properties }] of resourcesOf(template, "AWS::S3::Bucket")) {
      expect(Properties).toMatchObject({
        BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    }
    for (const [, { Properties }] of resourcesOf(template, "AWS::SQS::Queue")) {
      expect(Properties["SqsManagedSseEnabled"]).toBe(true);
    }
  });

  test.each(["AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"])(
    "refuses connections without TLS: every %s denies them",
    (type) => {
      const policies = resourcesOf(template, type);
      expect(policies).toHaveLength(type === "AWS::S3::BucketPolicy" ? 4 : 6);
      for (const [, { Properties }] of policies) {
        expect(Properties["PolicyDocument"].Statement).toContainEqual(
          expect.objectContaining({
            Effect: "Deny",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        );
      }
    },
  );

  test.each([
    ["Start", "StartRuns"],
    ["Prepare", "PrepareRun"],
    ["Push", "PushChunks"],
    ["Confirm", "ConfirmRun"],
    ["Settle", "SettleRun"],
  ])(
    "gives the queue %s a consumer, and what that can't handle to the dead letters",
    (queue, consumer) => {
      const idOf = (start: string): string => {
        const found = resourcesOf(template, "AWS::SQS::Queue").filter(([id]) =>
          id.startsWith(start),
        );
        expect(found).toHaveLength(1);
        return found[0]![0];
      };
      const workId = idOf(`${queue}Queue`);
      const deadId = idOf("DeadLetters");
      const work = template.Resources[workId]!.Properties;
      expect(work["RedrivePolicy"].deadLetterTargetArn).toEqual({ "Fn::GetAtt": [deadId, "Arn"] });
      expect(work["RedrivePolicy"].maxReceiveCount).toBeGreaterThanOrEqual(3);

      const lambda = resource(template, "AWS::Lambda::Function", `${consumer}Function`).Properties;
      expect(work["VisibilityTimeout"]).toBe((lambda["Timeout"] as number) + 30);

      const consumerOf = (id: string): unknown =>
        resourcesOf(template, "AWS::Lambda::EventSourceMapping")
          .map(([, { Properties }]) => Properties)
          .filter(({ EventSourceArn }) => EventSourceArn["Fn::GetAtt"][0] === id)
          .map((mapping) => {
            expect(mapping).toMatchObject({
              FunctionResponseTypes: ["ReportBatchItemFailures"],
              ScalingConfig: { MaximumConcurrency: expect.any(Number) },
            });
            return mapping["FunctionName"].Ref as string;
          });
      expect(consumerOf(workId)).toEqual([expect.stringMatching(`^${consumer}Function`)]);
      // The watch looks into it, which costs less than polling.
      expect(consumerOf(deadId)).toEqual([]);
      const watch = resource(template, "AWS::Lambda::Function", "WatchRunsFunction").Properties;
      expect(watch["Environment"].Variables["DEAD_LETTERS_URL"]).toEqual({ Ref: deadId });
      const dead = template.Resources[deadId]!.Properties;
      expect(dead["VisibilityTimeout"]).toBeGreaterThan(watch["Timeout"] as number);
      expect(dead["MessageRetentionPeriod"]).toBe(14 * 24 * 3600);
    },
  );

  test("rings when the watch fails or has stopped, which tells of all else, and when the API fails", () => {
    const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(([, { Properties }]) => [
      Properties["MetricName"],
      Properties["TreatMissingData"],
    ]);
    expect(alarms.sort()).toEqual([
      ["5xx", "notBreaching"],
      ["Errors", "breaching"],
    ]);
  });

  test("says in every alarm what happened and what to do, in two short sentences", () => {
    const alarms = resourcesOf(full, "AWS::CloudWatch::Alarm");
    expect(alarms.length).toBeGreaterThan(2);
    for (const [, { Properties }] of alarms) {
      const sentences = String(Properties["AlarmDescription"]).split(/(?<=\.) /);
      expect(sentences).toHaveLength(2);
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^[A-Z].{10,120}\.$/);
      }
    }
  });

  test("shows on a dashboard what the functions measure, and raises alarms on it, where that is wanted", () => {
    expect(resourcesOf(template, "AWS::CloudWatch::Dashboard")).toEqual([]);
    const [[, dashboard] = []] = resourcesOf(full, "AWS::CloudWatch::Dashboard");
    const body = JSON.stringify(dashboard?.Properties["DashboardBody"]);
    const names: MetricName[] = [
      "ProfilesSent",
      "ProfilesRejected",
      "ProfilesUnsent",
      "RunsEnded",
      "RunsFailed",
      "RunsSkipped",
      "SecondsToFinish",
      "ImportJobs",
      "OldestChunkAge",
    ];
    for (const name of names) {
      expect(body).toContain(name);
    }
    const watched = resourcesOf(full, "AWS::CloudWatch::Alarm").map(
      ([, { Properties }]) => `${Properties["Namespace"]}/${Properties["MetricName"]}`,
    );
    for (const name of ["RunsFailed", "ProfilesUnsent", "OldestChunkAge"] satisfies MetricName[]) {
      expect(watched).toContain(`${METRICS_NAMESPACE}/${name}`);
    }
    expect(body).toContain(METRICS_NAMESPACE);
  });

  test("lets the API's schedules send to the start queue, and to nothing else", () => {
    const group = resource(template, "AWS::Scheduler::ScheduleGroup", "Timetable").Properties;
    expect(group["Name"]).toBe(`segment-export-${stage}`);
    const role = resource(template, "AWS::IAM::Role", "TimetableDeliveryRole").Properties;
    expect(role["AssumeRolePolicyDocument"].Statement).toEqual([
      {
        Action: "sts:AssumeRole",
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Condition: {
          StringEquals: {
            "aws:SourceArn": expect.anything(),
            "aws:SourceAccount": { Ref: "AWS::AccountId" },
          },
        },
      },
    ]);
    expect(JSON.stringify(role)).toContain(`:schedule-group/segment-export-${stage}`);
    const policy = resource(template, "AWS::IAM::Policy", "TimetableDeliveryRole").Properties;
    expect(
      policy["PolicyDocument"].Statement.map((statement: Record<string, unknown>) => [
        statement["Action"],
        statement["Resource"],
      ]),
    ).toEqual([
      ["sqs:SendMessage", { "Fn::GetAtt": [expect.stringMatching("^StartQueue"), "Arn"] }],
      ["sqs:SendMessage", { "Fn::GetAtt": [expect.stringMatching("^DeadLetters"), "Arn"] }],
    ]);
  });

  test("starts the watchdog every minute", () => {
    expect(resource(template, "AWS::Scheduler::Schedule", "RunWatch").Properties).toMatchObject({
      ScheduleExpression: "rate(1 minute)",
      State: "ENABLED",
      Target: {
        Arn: { "Fn::GetAtt": [expect.stringMatching("^WatchRunsFunction"), "Arn"] },
      },
    });
  });

  test("lets runs expire, and neither connections nor exports", () => {
    const expiring = resourcesOf(template, "AWS::DynamoDB::Table")
      .filter(([, { Properties }]) => Properties["TimeToLiveSpecification"]?.Enabled === true)
      .map(([id]) => id);
    expect(expiring).toEqual([
      expect.stringMatching("^TablesRuns"),
      expect.stringMatching("^TablesRateLimits"),
      expect.stringMatching("^TablesRequests"),
    ]);
  });

  test("lets staged files, reports and old snapshots expire, and segments stay", () => {
    const rules = resource(template, "AWS::S3::Bucket", "BucketsWork").Properties[
      "LifecycleConfiguration"
    ].Rules as { Prefix?: string; ExpirationInDays?: number }[];
    expect(
      rules.filter((rule) => rule.ExpirationInDays !== undefined).map((rule) => rule.Prefix),
    ).toEqual(["staging/", "reports/", "snapshots/"]);
    const segments = resource(template, "AWS::S3::Bucket", "BucketsSegments");
    expect(JSON.stringify(segments)).not.toContain("ExpirationInDays");
  });
});

const stored = [
  "AWS::DynamoDB::Table",
  "AWS::S3::Bucket",
  "AWS::Cognito::UserPool",
  "AWS::Logs::LogGroup",
];

test.each(stored)("production keeps every %s when the stack goes", (type) => {
  const found = resourcesOf(production, type).filter(
    // The console's files are no data: each deployment brings them.
    ([id]) => !id.startsWith("ConsoleFiles"),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const [, kept] of found) {
    expect(kept).toMatchObject({
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
    });
  }
});

test("production protects tables and users from deletion; dev can be thrown away", () => {
  for (const [, { Properties }] of resourcesOf(production, "AWS::DynamoDB::Table")) {
    expect(Properties["DeletionProtectionEnabled"]).toBe(true);
  }
  expect(
    resource(production, "AWS::Cognito::UserPool", "Users").Properties["DeletionProtection"],
  ).toBe("ACTIVE");
  for (const [, { DeletionPolicy }] of resourcesOf(templateOf("dev"), "AWS::DynamoDB::Table")) {
    expect(DeletionPolicy).toBe("Delete");
  }
});

test("users of the pool are invited, use strong passwords and, in production, a second factor", () => {
  const pool = resource(production, "AWS::Cognito::UserPool", "Users").Properties;
  expect(pool).toMatchObject({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: "ON",
    Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true } },
  });
  const groups = resourcesOf(production, "AWS::Cognito::UserPoolGroup");
  expect(groups.map(([, { Properties }]) => Properties["GroupName"] as string).sort()).toEqual([
    "Administrator",
    "Contributor",
    "Viewer",
  ]);
});

test("administrators named in the configuration are subscribed to the alerts", () => {
  const template = synthesize({
    stage: "dev",
    configuration: { administratorEmails: ["operations@example.com"] },
  });
  expect(
    resourcesOf(template, "AWS::SNS::Subscription").map(([, { Properties }]) => Properties),
  ).toEqual([
    {
      Protocol: "email",
      Endpoint: "operations@example.com",
      TopicArn: { Ref: expect.stringMatching("^AlertsTopic") },
    },
  ]);
  expect(resourcesOf(production, "AWS::SNS::Subscription")).toEqual([]);
});

test("any OpenID Connect issuer can take the user pool's place", () => {
  const template = synthesize({
    stage: "dev",
    configuration: {
      console: undefined,
      identity: {
        kind: "oidc",
        issuer: "https://login.example.com/tenant",
        audience: ["segment-export"],
        rolesClaim: "groups",
        groups: { administrator: "App Admins" },
        tokenType: "at+jwt",
        scope: "segment-export/use",
      },
    },
  });
  expect(resourcesOf(template, "AWS::Cognito::UserPool")).toEqual([]);
  expect(resource(template, "AWS::ApiGatewayV2::Authorizer", "RestApi").Properties).toMatchObject({
    JwtConfiguration: { Issuer: "https://login.example.com/tenant", Audience: ["segment-export"] },
  });
  const { Properties } = resource(template, "AWS::Lambda::Function", "RunsApiFunction");
  expect(JSON.parse(Properties["Environment"].Variables["TOKEN_RULES"])).toEqual({
    issuedBy: "oidc",
    rolesClaim: "groups",
    groups: { Administrator: "App Admins", Contributor: "Contributor", Viewer: "Viewer" },
    tokenType: "at+jwt",
    scope: "segment-export/use",
  });
});

test("browsers of other origins are let in only where the configuration names them", () => {
  const cors = (origins: string[]): unknown =>
    resource(
      synthesize({
        stage: "dev",
        configuration: {
          console: undefined,
          api: {
            requestsPerSecond: 1,
            burst: 1,
            expensive: { requestsPerSecond: 1, burst: 1 },
            corsOrigins: origins,
          },
        },
      }),
      "AWS::ApiGatewayV2::Api",
      "RestApi",
    ).Properties["CorsConfiguration"];
  expect(cors([])).toBeUndefined();
  expect(cors(["https://console.example.com"])).toMatchObject({
    AllowOrigins: ["https://console.example.com"],
  });
});

test("a stage may name the groups of its user pool, which then are those that its tokens are read by", () => {
  const template = synthesize({
    stage: "dev",
    configuration: {
      identity: { kind: "cognito", mfa: "optional", groups: { contributor: "Marketing" } },
    },
  });
  const made = resourcesOf(template, "AWS::Cognito::UserPoolGroup").map(
    ([, { Properties }]) => Properties["GroupName"],
  );
  const { Properties } = resource(template, "AWS::Lambda::Function", "RunsApiFunction");
  expect(made.sort()).toEqual(["Administrator", "Marketing", "Viewer"]);
  expect(JSON.parse(Properties["Environment"].Variables["TOKEN_RULES"]).groups).toEqual({
    Administrator: "Administrator",
    Contributor: "Marketing",
    Viewer: "Viewer",
  });
});
