import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { functionNames } from "../../../functions/definitions";
import {
  awsAccounts,
  largestDemand,
  reservedForApi,
  stepConcurrency,
} from "../../../infra/aws-account";
import { isKept, logLevelSchema } from "../../../infra/local/functions/log-filter";
import { stageConfig } from "../../../infra/stage-config";
import { createMetrics } from "../../../shared/observability/metrics";
import { resource, resourcesOf, synthesize, templateOf, type Resource } from "./synthesized";

const onAws = ["dev", "production"] as const;

describe.each(onAws)("a second try at the stack of stage %s", (stage) => {
  const template = templateOf(stage);
  const resources = Object.entries(template.Resources);
  const isKeptAfterwards = ({ DeletionPolicy }: Resource): boolean =>
    DeletionPolicy?.startsWith("Retain") === true;

  test("finds nothing of a creation that failed: nothing is kept from one", () => {
    for (const [id, { DeletionPolicy }] of resources) {
      expect([id, DeletionPolicy]).not.toEqual([id, "Retain"]);
    }
  });

  test("finds no name taken by what is kept: such names are AWS's, or end with the stack's id", () => {
    const names = ["BucketName", "LogGroupName", "TableName", "QueueName", "TopicName", "Name"];
    const given = resources
      .filter(([, made]) => isKeptAfterwards(made))
      .flatMap(([id, { Properties }]) =>
        names.flatMap((name) => (name in Properties ? [[id, Properties[name] as unknown]] : [])),
      );
    for (const [, name] of given) {
      expect(name).toEqual({
        "Fn::Join": [
          "",
          [
            expect.stringMatching(/^\/(aws\/vendedlogs\/)?segment-export\/\w+\/[\w-]+\/$/),
            { "Fn::Select": [2, { "Fn::Split": ["/", { Ref: "AWS::StackId" }] }] },
          ],
        ],
      });
    }
    // The logs of the functions, of the API, and of what puts the console's files where they are.
    expect(given).toHaveLength(stage === "production" ? functionNames.length + 2 : 0);
  });

  test("keeps what the stage's data are, and nothing else", () => {
    const kept = new Set(
      resources.filter(([, made]) => isKeptAfterwards(made)).map(([, { Type }]) => Type),
    );
    expect([...kept].sort()).toEqual(
      stage === "dev"
        ? []
        : [
            "AWS::Cognito::UserPool",
            "AWS::DynamoDB::Table",
            "AWS::Logs::LogGroup",
            "AWS::S3::Bucket",
          ],
    );
  });

  test("can destroy every bucket that it does not keep: each is emptied first", () => {
    const buckets = resourcesOf(template, "AWS::S3::Bucket");
    const emptied = resourcesOf(template, "Custom::S3AutoDeleteObjects").map(
      ([, { Properties }]) => Properties["BucketName"].Ref as string,
    );
    expect(emptied.sort()).toEqual(
      buckets
        .filter(([, made]) => !isKeptAfterwards(made))
        .map(([id]) => id)
        .sort(),
    );
  });
});

describe.each(onAws)("alarms of stage %s", (stage) => {
  const template = templateOf(stage);

  test("are told to the stack's topic, whose subscribers are the administrators", () => {
    for (const [, { Properties }] of resourcesOf(template, "AWS::CloudWatch::Alarm")) {
      expect(Properties["AlarmActions"]).toEqual([{ Ref: expect.stringMatching("^AlertsTopic") }]);
    }
  });

  test("may publish there: the policy lets CloudWatch in, and no key of SNS's own keeps it out", () => {
    const topic = resource(template, "AWS::SNS::Topic", "Alerts").Properties;
    expect(topic["KmsMasterKeyId"]).toBeUndefined();
    const policy = resource(template, "AWS::SNS::TopicPolicy", "Alerts").Properties;
    expect(policy["PolicyDocument"].Statement).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          Effect: "Deny",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        }),
        {
          Sid: "LetAlarmsRing",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: { Ref: expect.stringMatching("^AlertsTopic") },
          Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
        },
      ]),
    );
  });

  test("go to another topic where the configuration names one", () => {
    const alarmTopicArn = "arn:aws:sns:eu-central-1:123456789012:operations";
    const other = synthesize({ stage, configuration: { alarmTopicArn } });
    for (const [, { Properties }] of resourcesOf(other, "AWS::CloudWatch::Alarm")) {
      expect(Properties["AlarmActions"]).toEqual([alarmTopicArn]);
    }
  });
});

test.each(["DEBUG", "INFO", "WARN", "ERROR"] as const)(
  "with the log level %s, Lambda hands on the measurements that alarms wait for",
  (logLevel) => {
    const template = synthesize({ stage: "dev", configuration: { logLevel } });
    const written = measurements();
    expect(written).toHaveLength(1);
    for (const name of ["WatchRuns", "SettleRun"]) {
      const { Properties } = resource(template, "AWS::Lambda::Function", `${name}Function`);
      const { ApplicationLogLevel: least } = Properties["LoggingConfig"];
      expect(written.filter((line) => isKept(line, logLevelSchema.parse(least)))).toEqual(written);
      expect(Properties["Environment"].Variables["LOG_LEVEL"]).toBe(logLevel);
    }
  },
);

/** The lines with the measurements of three alarms. */
function measurements(): string[] {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text) => lines.push(String(text)) > 0;
  try {
    createMetrics("dev").put({ RunsFailed: 5, ProfilesUnsent: 1, OldestChunkAge: 4_000 });
  } finally {
    process.stdout.write = write;
  }
  return lines.flatMap((line) => line.split("\n")).filter((line) => line.includes("RunsFailed"));
}

test("the first administrator, made as the notes say, can be sent a code for a forgotten password", () => {
  const notes = readFileSync("infra/README.md", "utf8");
  const [made] = /aws cognito-idp admin-create-user .+/.exec(notes) ?? [];
  expect(made).toContain("Name=email_verified,Value=true");
  for (const stage of onAws) {
    const { Properties } = resource(templateOf(stage), "AWS::Cognito::UserPool", "Users");
    expect(Properties["AccountRecoverySetting"]).toEqual({
      RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }],
    });
    // With a secret, forgot-password would need its hash.
    const client = resource(
      templateOf(stage),
      "AWS::Cognito::UserPoolClient",
      "UsersPoolCommandLine",
    );
    expect(client.Properties["GenerateSecret"]).toBe(false);
  }
});

test.each(onAws)("routes of stage %s that cost much are throttled more than others", (stage) => {
  const made = resource(templateOf(stage), "AWS::ApiGatewayV2::Stage", "RestApi");
  const { RouteSettings: settings, DefaultRouteSettings: others } = made.Properties;
  expect(Object.keys(settings).sort()).toEqual([
    "GET /connections/{connectionId}/lists",
    "GET /segments/{segment}",
    "POST /connections",
    "POST /connections/{connectionId}/lists",
    "POST /connections/{connectionId}/verification",
    "POST /exports/{exportId}/explanations",
    "POST /exports/{exportId}/previews",
    "POST /runs",
    "PUT /connections/{connectionId}/key",
  ]);
  for (const { ThrottlingRateLimit, ThrottlingBurstLimit } of Object.values<any>(settings)) {
    expect(ThrottlingRateLimit).toBeLessThan(others.ThrottlingRateLimit);
    expect(ThrottlingBurstLimit).toBeLessThan(others.ThrottlingBurstLimit);
  }
});

describe("a new account", () => {
  test.each(onAws)("has room for every function of stage %s", (stage) => {
    const functions = resourcesOf(templateOf(stage), "AWS::Lambda::Function");
    for (const [, { Properties }] of functions) {
      expect(Properties["MemorySize"]).toBeLessThanOrEqual(3008);
      expect(Properties["ReservedConcurrentExecutions"]).toBeUndefined();
    }
  });

  test.each(onAws)("is asked for the least of every event source of stage %s", (stage) => {
    for (const [, { Properties }] of resourcesOf(
      templateOf(stage),
      "AWS::Lambda::EventSourceMapping",
    )) {
      expect(Properties["ScalingConfig"]).toEqual({ MaximumConcurrency: 2 });
    }
  });

  test.each(onAws)("may throttle a message of stage %s for three hours", (stage) => {
    const queues = resourcesOf(templateOf(stage), "AWS::SQS::Queue").filter(
      ([, { Properties }]) => Properties["RedrivePolicy"] !== undefined,
    );
    expect(queues).toHaveLength(5);
    for (const [, { Properties }] of queues) {
      const { maxReceiveCount } = Properties["RedrivePolicy"];
      const seconds = Number(Properties["VisibilityTimeout"]) * Number(maxReceiveCount);
      expect(seconds).toBeGreaterThanOrEqual(3 * 3600);
      // A message is deleted with its retention, unseen.
      expect(seconds).toBeLessThan(Number(Properties["MessageRetentionPeriod"]));
    }
  });
});

describe("an account that allows more", () => {
  const template = synthesize({
    stage: "production",
    configuration: { awsAccount: awsAccounts.established },
  });

  test("gives the steps room, and the memory that they are quicker with", () => {
    expect(stageConfig("production", { awsAccount: awsAccounts.established }).concurrency).toEqual({
      start: 2,
      prepare: 50,
      push: 20,
      confirm: 25,
      settle: 25,
    });
    expect(resource(template, "AWS::Lambda::Function", "PrepareRun").Properties).toMatchObject({
      MemorySize: 4096,
    });
  });

  test("keeps callers of the API from taking it all from the runs, and leaves 100 unreserved", () => {
    const reserved = resourcesOf(template, "AWS::Lambda::Function").flatMap(([, made]) => {
      const { FunctionName: name, ReservedConcurrentExecutions: own } = made.Properties;
      expect([name, own !== undefined]).toEqual([name, String(name).endsWith("-api")]);
      return own === undefined ? [] : [Number(own)];
    });
    const total = reserved.reduce((sum, own) => sum + own, 0);
    expect(total).toBe(reservedForApi(awsAccounts.established));
    expect(awsAccounts.established.concurrency - total).toBeGreaterThanOrEqual(100);
  });

  test.each([20, 50, 100, 120, 200, 400, 700, 1000, 3000])(
    "has its %i executions shared out, with room for the API",
    (concurrency) => {
      const awsAccount = { concurrency, memoryMegabytes: 3008 };
      const steps = stepConcurrency(awsAccount);
      const least = Object.values(steps).every((workers) => workers === 2);
      const demand = largestDemand(steps) + reservedForApi(awsAccount);
      expect(demand < concurrency || least).toBe(true);
      expect(() => stageConfig("production", { awsAccount })).not.toThrow();
    },
  );

  test("is not asked for more than it allows", () => {
    const concurrency = { start: 2, prepare: 50, push: 20, confirm: 25, settle: 25 };
    expect(() => stageConfig("production", { concurrency })).toThrow("more than the account");
  });
});
