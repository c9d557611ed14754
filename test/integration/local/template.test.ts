import { describe, expect, test } from "@jest/globals";
import { createResolver } from "../../../infra/local/template/intrinsics";
import { checkResourceTypes } from "../../../infra/local/template/resource-types";
import { loadTemplate, type TemplateBody } from "../../../infra/local/template/template";
import { writeCloudAssembly } from "./cloud-assembly";

function body(overrides: Partial<TemplateBody> = {}): TemplateBody {
  return { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {}, ...overrides };
}

describe("intrinsic functions", () => {
  const resolve = createResolver(
    body({
      Mappings: { Sizes: { eu: { small: 3 } } },
      Conditions: {
        IsLocal: { "Fn::Equals": [{ Ref: "Stage" }, "local"] },
        IsNotLocal: { "Fn::Not": [{ Condition: "IsLocal" }] },
        Both: { "Fn::And": [{ Condition: "IsLocal" }, { Condition: "IsNotLocal" }] },
        Either: { "Fn::Or": [{ Condition: "IsLocal" }, { Condition: "IsNotLocal" }] },
      },
    }),
    {
      ref: (name) => (name === "Stage" ? "local" : `ref-${name}`),
      getAtt: (logicalId, attribute) => `${logicalId}/${attribute}`,
    },
  );

  test.each<[string, unknown, unknown]>([
    ["plain values stay", { a: [1, true, null, "x"] }, { a: [1, true, null, "x"] }],
    ["Ref", { Ref: "Table" }, "ref-Table"],
    ["GetAtt as a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "Queue/Arn"],
    ["GetAtt as text", { "Fn::GetAtt": "Nested.Outputs.Arn" }, "Nested/Outputs.Arn"],
    ["Join", { "Fn::Join": ["-", ["a", { Ref: "B" }, 3]] }, "a-ref-B-3"],
    ["Sub", { "Fn::Sub": "${A}/${Q.Arn}/${!Left}" }, "ref-A/Q/Arn/${Left}"],
    ["Sub with values", { "Fn::Sub": ["${x}-${A}", { x: { Ref: "B" } }] }, "ref-B-ref-A"],
    ["Split and Select", { "Fn::Select": ["1", { "Fn::Split": ["-", "a-b"] }] }, "b"],
    ["If that holds", { "Fn::If": ["IsLocal", "yes", "no"] }, "yes"],
    ["If that does not", { "Fn::If": ["Both", "yes", { Ref: "No" }] }, "ref-No"],
    ["Or", { "Fn::If": ["Either", 1, 2] }, 1],
    ["NoValue", { a: { "Fn::If": ["Both", 1, { Ref: "AWS::NoValue" }] }, b: 2 }, { b: 2 }],
    ["FindInMap", { "Fn::FindInMap": ["Sizes", "eu", "small"] }, 3],
    ["a property called Condition", { Condition: { Bool: {} } }, { Condition: { Bool: {} } }],
  ])("%s", (_name, value, resolved) => {
    expect(resolve(value)).toEqual(resolved);
  });

  test.each([
    [{ "Fn::ImportValue": "other" }, "Fn::ImportValue is not supported here"],
    [{ "Fn::If": ["Missing", 1, 2] }, "There is no condition Missing"],
    [{ "Fn::Select": [4, ["a"]] }, "there is no item 4"],
  ])("%j is refused", (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});

test("a resource that can't be run is refused by name; what has no part in it is left out", () => {
  const resource = (Type: string) => ({ Type, Properties: {}, Metadata: {} });
  expect(() =>
    checkResourceTypes(
      body({
        Resources: {
          Policy: resource("AWS::IAM::Policy"),
          Key: resource("AWS::KMS::Key"),
          Alarm: resource("AWS::CloudWatch::Alarm"),
          Flow: resource("AWS::StepFunctions::StateMachine"),
        },
      }),
    ),
  ).toThrow("The embedded environment can't run Flow (AWS::StepFunctions::StateMachine).");
});

test("a template is read with the name of its stack; more than one are refused", () => {
  const assembly = writeCloudAssembly({ Resources: { Queue: { Type: "AWS::SQS::Queue" } } });
  const template = loadTemplate(assembly.directory);
  expect(template.stackName).toBe("Stack");
  expect(template.body.Resources["Queue"]?.Properties).toEqual({});
  assembly.remove();

  const empty = writeCloudAssembly({});
  expect(() => loadTemplate(empty.directory)).toThrow("Resources");
  empty.remove();
});
