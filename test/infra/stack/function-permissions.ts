import { describe, expect, test } from "@jest/globals";
import { functionNames } from "../../../functions/definitions";
import { grant } from "../../../infra/constructs/functions/permission";
import { App, Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { resourcesOf, statementsOf, templateOf } from "./synthesized";

const template = templateOf("production");
const constructs = functionNames.map((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** Functions of which a statement allows the action on a resource whose reference contains the text. */
function allowed(action: string, on: string): string[] {
  return constructs.filter((construct) =>
    statementsOf(template, construct).some(
      (statement) =>
        statement.Action.includes(action) &&
        statement.Resource.some((named) => JSON.stringify(named).includes(on)),
    ),
  );
}

describe.each(constructs)("the role of %s", (construct) => {
  const statements = statementsOf(template, construct);

  test("names every action in full", () => {
    for (const action of statements.flatMap((statement) => statement.Action)) {
      expect(action).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
    }
  });

  test("names every resource, but for tracing, which knows none", () => {
    const everything = statements.filter((statement) => statement.Resource.includes("*"));
    const tracing = [["xray:PutTraceSegments", "xray:PutTelemetryRecords"]];
    // The watch's rounds are not traced.
    expect(everything.map((statement) => statement.Action)).toEqual(
      construct === "WatchRuns" ? [] : tracing,
    );
  });

  test("writes only its own log", () => {
    const logs = statements.filter((statement) =>
      statement.Action.some((a) => a.startsWith("logs:")),
    );
    expect(logs.flatMap((statement) => statement.Resource)).toEqual([
      { "Fn::GetAtt": [expect.stringMatching(`^${construct}Logs`), "Arn"] },
    ]);
  });
});

test("no role has a managed policy, but those of CDK's own functions", () => {
  for (const [id, { Properties }] of resourcesOf(template, "AWS::IAM::Role")) {
    const policies = Properties["ManagedPolicyArns"];
    expect([id, policies !== undefined]).toEqual([id, id.startsWith("Custom")]);
  }
});

const timetableKeepers = ["SchedulesApi", "StartRuns"];

test.each([
  ["secretsmanager:CreateSecret", "secret:", ["ConnectionsApi"]],
  ["secretsmanager:DeleteSecret", "secret:", ["ConnectionsApi"]],
  [
    "secretsmanager:GetSecretValue",
    "secret:",
    ["ConnectionsApi", "ExplanationsApi", "ExportsApi", "PrepareRun", "PushChunks", "ConfirmRun"],
  ],
  ["secretsmanager:PutSecretValue", "secret:", ["ConnectionsApi"]],
  // The watch reads markers and manifests, which lie beside the files.
  ["s3:GetObject", "/segments/*", ["SegmentsApi", "ExplanationsApi", "PrepareRun", "WatchRuns"]],
  ["s3:PutObject", "/segments/*", []],
  ["s3:PutObject", "BucketsSegments", []],
  ["s3:GetObject", "/reports/*", ["RunsApi"]],
  ["s3:PutObject", "/reports/*", ["SettleRun"]],
  ["s3:PutObject", "/snapshots/*", ["SettleRun"]],
  ["s3:DeleteObject", "BucketsWork", ["ConnectionsApi", "ExportsApi", "SettleRun"]],
  ["s3:DeleteObject", "BucketsSegments", []],
  ["dynamodb:PutItem", "TablesConnections", ["ConnectionsApi"]],
  ["dynamodb:DeleteItem", "TablesExports", ["ExportsApi"]],
  ["dynamodb:DeleteItem", "TablesRuns", ["ExportsApi"]],
  ["dynamodb:PutItem", "TablesRuns", ["RunsApi", "StartRuns"]],
  // Names of users lie there too, below a key that the others' conditions leave out; the functions that start runs have
  // one key of their own.
  [
    "dynamodb:PutItem",
    "TablesSettings",
    [
      "ConnectionsApi",
      "ExportsApi",
      "RunsApi",
      "SchedulesApi",
      "SegmentsApi",
      "SourcesApi",
      "PrepareRun",
      "StartRuns",
    ],
  ],
  ["scheduler:CreateSchedule", ":schedule/segment-export-production/*", timetableKeepers],
  ["scheduler:DeleteSchedule", ":schedule/segment-export-production/*", timetableKeepers],
  ["iam:PassRole", "TimetableDeliveryRole", timetableKeepers],
  ["events:PutEvents", ":event-bus/default", ["SettleRun", "WatchRuns"]],
  ["sns:Publish", "AlertsTopic", ["SettleRun", "WatchRuns"]],
  ["sqs:SendMessage", "StartQueue", ["RunsApi", "StartRuns", "WatchRuns"]],
  ["dynamodb:DeleteItem", "TablesAudit", []],
  ["dynamodb:PutItem", "TablesAudit", []],
  ["dynamodb:BatchWriteItem", "TablesAudit", []],
  [
    "dynamodb:UpdateItem",
    "TablesAudit",
    ["ConnectionsApi", "ExportsApi", "RunsApi", "SchedulesApi", "SegmentsApi", "SourcesApi"],
  ],
  ["dynamodb:Query", "TablesAudit", ["AuditApi"]],
  ["dynamodb:Scan", "TablesRuns", []],
  ["sqs:SendMessage", "PrepareQueue", ["RunsApi", "StartRuns", "PrepareRun", "WatchRuns"]],
  ["sqs:SendMessage", "PushQueue", ["PrepareRun", "PushChunks", "ConfirmRun", "WatchRuns"]],
  [
    "sqs:SendMessage",
    "ConfirmQueue",
    ["ExportsApi", "RunsApi", "PrepareRun", "PushChunks", "ConfirmRun", "SettleRun", "WatchRuns"],
  ],
  [
    "sqs:SendMessage",
    "SettleQueue",
    ["PrepareRun", "PushChunks", "ConfirmRun", "SettleRun", "WatchRuns"],
  ],
])("%s on %s is allowed to %j only", (action, on, expected) => {
  expect(allowed(action, on).sort()).toEqual([...expected].sort());
});

test("secrets are reached below the stage's own prefix, and others only by their tag", () => {
  const statements = constructs
    .flatMap((construct) => statementsOf(template, construct))
    .filter((statement) => statement.Action.some((action) => action.startsWith("secretsmanager:")));
  const byTag = statements.filter((statement) => statement.Condition !== undefined);
  const named = statements
    .filter((statement) => !byTag.includes(statement))
    .flatMap((statement) => statement.Resource.map((resource) => JSON.stringify(resource)));
  expect(named.length).toBeGreaterThan(0);
  for (const resource of named) {
    expect(resource).toContain(":secret:segment-export/production/connections/*");
  }
  expect(byTag.length).toBeGreaterThan(0);
  for (const statement of byTag) {
    expect(statement).toMatchObject({
      Action: ["secretsmanager:GetSecretValue"],
      Condition: { StringEquals: { "aws:ResourceTag/klaviyo-segment-export": "production" } },
    });
  }
});

test("who did what, when and from where can be added to the audit log, and not be changed", () => {
  const updates = constructs
    .flatMap((construct) => statementsOf(template, construct))
    .filter(
      ({ Action, Resource }) =>
        Action.includes("dynamodb:UpdateItem") && JSON.stringify(Resource).includes("TablesAudit"),
    );
  expect(updates.length).toBeGreaterThan(0);
  for (const { Condition } of updates) {
    expect(Condition).toEqual({
      "ForAllValues:StringEquals": {
        "dynamodb:Attributes": [
          ...["log", "position", "outcome", "code", "target", "targetId", "runId"],
          ...["before", "after", "writeId"],
        ],
      },
      StringEquals: { "dynamodb:ReturnValues": "NONE" },
    });
  }
});

test("a permission that names resources by a pattern is refused without a reason", () => {
  const role = new Role(new Stack(new App(), "Stack"), "Role", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
  });
  const permission = {
    sid: "Read",
    actions: ["s3:GetObject"],
    resources: ["arn:aws:s3:::bucket/*"],
  };
  expect(() => {
    grant(role, permission);
  }).toThrow("without a reason");
  expect(() => {
    grant(role, { ...permission, patternReason: "Keys are made later." });
  }).not.toThrow();
});
