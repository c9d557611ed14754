import { describe, expect, test } from "@jest/globals";
import { stageConfig, stageNameSchema, type StageConfig } from "../../infra/stage-config";

describe("stageConfig", () => {
  test.each(stageNameSchema.options)("accepts the configuration of %s", (stage) => {
    expect(stageConfig(stage)).toBeDefined();
  });

  test("keeps the data of production and of no other stage", () => {
    const data = stageNameSchema.options.map((stage) => [stage, stageConfig(stage).data]);
    expect(Object.fromEntries(data)).toEqual({
      local: "destroy",
      dev: "destroy",
      production: "retain",
    });
  });

  test("lets the local stage reach no Klaviyo until it is given one", () => {
    expect(new URL(stageConfig("local").klaviyoBaseUrl).hostname).toMatch(/\.invalid$/);
  });

  const wrong: [string, Partial<StageConfig>][] = [
    ["klaviyoBaseUrl", { klaviyoBaseUrl: "not a URL" }],
    ["klaviyoBaseUrl", { klaviyoBaseUrl: "http://a.klaviyo.com" }],
    [
      "identity.groups",
      { identity: { kind: "cognito", mfa: "required", groups: { administrator: "Viewer" } } },
    ],
    ["logRetention", JSON.parse(`{"logRetention":8}`) as Partial<StageConfig>],
    [
      "identity.issuer",
      {
        identity: {
          kind: "oidc",
          issuer: "http://plain.example",
          audience: ["a"],
          rolesClaim: "groups",
        },
      },
    ],
    [
      "identity.audience",
      {
        identity: {
          kind: "oidc",
          issuer: "https://login.example",
          audience: [],
          rolesClaim: "groups",
        },
      },
    ],
    ["concurrency.push", { concurrency: { start: 2, prepare: 2, push: 1, confirm: 2, settle: 2 } }],
    [
      "expiry.stagingDays",
      {
        expiry: {
          stagingDays: 14,
          reportsDays: 30,
          runsDays: 90,
          snapshotsDays: 365,
          accessLogsDays: 90,
        },
      },
    ],
    [
      "expiry.runsDays",
      {
        expiry: {
          stagingDays: 15,
          reportsDays: 30,
          runsDays: 29,
          snapshotsDays: 365,
          accessLogsDays: 90,
        },
      },
    ],
    ["administratorEmails.0", { administratorEmails: ["nobody"] }],
    ["alarmTopicArn", { alarmTopicArn: "arn:aws:sqs:eu-west-1:123456789012:queue" }],
  ];
  test.each(wrong)("refuses a wrong %s", (field, overrides) => {
    expect(() => stageConfig("dev", overrides)).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({
            path: field.split(".").map((step) => (step === "0" ? 0 : step)),
          }),
        ],
      }),
    );
  });

  test("refuses a property that it does not know", () => {
    const misspelled = { klaviyoBaseURL: "https://a.klaviyo.com" } as Partial<StageConfig>;
    expect(() => stageConfig("dev", misspelled)).toThrow("klaviyoBaseURL");
  });
});
