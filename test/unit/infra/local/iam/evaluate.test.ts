import { describe, expect, test } from "@jest/globals";
import type { Need, RequestContext } from "../../../../../infra/local/front/aws-request";
import { checkConditions } from "../../../../../infra/local/iam/context-keys";
import { evaluate, type PlacedStatement } from "../../../../../infra/local/iam/evaluate";
import { readPolicyDocument } from "../../../../../infra/local/iam/policy-document";

const roleArn = "arn:aws:iam::000000000000:role/worker";
const object = "arn:aws:s3:::work/staging/run/1.json";

function statements(
  policy: PlacedStatement["policy"],
  ...given: object[]
): readonly PlacedStatement[] {
  const { Statement } = readPolicyDocument("Test", { Version: "2012-10-17", Statement: given });
  return Statement.map((statement) => ({ policy, statement }));
}

function need(overrides: Partial<Need> = {}): Need {
  return { action: "s3:GetObject", resource: object, context: {}, ...overrides };
}

/** How it is decided by an identity policy of one statement. */
function decided(statement: object, asked: Need = need()): "allowed" | "denied" {
  const [allow] = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }];
  return evaluate(statements("identity-based", allow), { arns: [roleArn] }, asked).kind;
}

const under = (Condition: object, context: RequestContext) =>
  decided({ Condition }, need({ context }));

describe("actions and resources", () => {
  test.each<[string, object, "allowed" | "denied"]>([
    ["the action itself", { Action: "s3:GetObject" }, "allowed"],
    ["the action in other letters", { Action: "S3:getobject" }, "allowed"],
    ["a pattern of actions", { Action: ["s3:Put*", "s3:Get?bject"] }, "allowed"],
    ["another action", { Action: "s3:PutObject" }, "denied"],
    ["the beginning of an action", { Action: "s3:GetObj" }, "denied"],
    ["all actions but others", { Action: undefined, NotAction: "s3:Put*" }, "allowed"],
    ["all actions but this", { Action: undefined, NotAction: "s3:Get*" }, "denied"],
    ["the object", { Resource: object }, "allowed"],
    ["its prefix", { Resource: "arn:aws:s3:::work/staging/*" }, "allowed"],
    ["another prefix", { Resource: "arn:aws:s3:::work/snapshots/*" }, "denied"],
    ["a bucket whose name begins alike", { Resource: "arn:aws:s3:::wor/*" }, "denied"],
    ["the bucket alone", { Resource: "arn:aws:s3:::work" }, "denied"],
    ["an ARN in other letters", { Resource: object.toUpperCase() }, "denied"],
    ["all resources but others", { Resource: undefined, NotResource: "arn:aws:s3:::a" }, "allowed"],
    ["all resources but this", { Resource: undefined, NotResource: `${object}*` }, "denied"],
    ["an object with a dot elsewhere", { Resource: object.replace(".", "x") }, "denied"],
  ])("a statement for %s", (_what, statement, expected) => {
    expect(decided(statement)).toBe(expected);
  });

  test("a wildcard reaches over no colon but in the resource's own part", () => {
    const queue = need({
      action: "sqs:SendMessage",
      resource: "arn:aws:sqs:us-east-1:111111111111:push",
    });
    const on = (Resource: string) => decided({ Action: "sqs:*", Resource }, queue);
    expect(on("arn:aws:sqs:*:push")).toBe("denied");
    expect(on("arn:aws:sqs:*:*:push")).toBe("allowed");
    expect(on("arn:aws:sqs:us-east-1:000000000000:push")).toBe("denied");
    const secret = need({ resource: "arn:aws:secretsmanager:us-east-1:0:secret:stage/a-XyZ" });
    expect(decided({ Resource: "arn:aws:secretsmanager:us-east-1:0:secret:stage/*" }, secret)).toBe(
      "allowed",
    );
  });

  test("what knows no resource is granted by none but all", () => {
    const list = need({ action: "s3:ListAllMyBuckets", resource: "*" });
    expect(decided({ Action: "s3:*", Resource: "arn:aws:s3:::*" }, list)).toBe("denied");
    expect(decided({ Action: "s3:*" }, list)).toBe("allowed");
  });

  test("a variable stands for the request's value, which is taken literally", () => {
    const Resource = "arn:aws:s3:::work/${aws:PrincipalTag/stage}/*";
    const of = (stage: string | undefined, key: string) =>
      decided(
        { Resource },
        need({
          resource: `arn:aws:s3:::work/${key}`,
          context: stage === undefined ? {} : { "aws:principaltag/stage": [stage] },
        }),
      );
    expect(of("dev", "dev/a")).toBe("allowed");
    expect(of("dev", "production/a")).toBe("denied");
    expect(of("*", "production/a")).toBe("denied");
    expect(of(undefined, "/a")).toBe("denied");
    expect(decided({ Resource: "arn:aws:s3:::work/${*}" })).toBe("denied");
  });
});

describe("the policies together", () => {
  const allow = { Effect: "Allow", Action: "s3:*", Resource: "*" };
  const deny = { Effect: "Deny", Action: "s3:GetObject", Resource: object };
  const insecure = {
    ...deny,
    Principal: { AWS: "*" },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const ask = (given: readonly PlacedStatement[], context: RequestContext = {}) =>
    evaluate(given, { arns: [roleArn] }, need({ context }));

  test("nothing is refused, and by no statement", () => {
    expect(ask([])).toEqual({ kind: "denied", explicitly: undefined });
  });

  test("a Deny decides, wherever it stands", () => {
    expect(ask(statements("identity-based", allow, deny)).kind).toBe("denied");
    const both = [
      ...statements("identity-based", allow),
      ...statements("resource-based", insecure),
    ];
    expect(ask(both, { "aws:SecureTransport": ["false"] })).toMatchObject({
      kind: "denied",
      explicitly: { policy: "resource-based" },
    });
    expect(ask(both, { "aws:SecureTransport": ["true"] }).kind).toBe("allowed");
  });

  test("a resource's policy allows those whom it names", () => {
    const of = (Principal: unknown) => ask(statements("resource-based", { ...allow, Principal }));
    expect(of({ AWS: roleArn }).kind).toBe("allowed");
    expect(of("*").kind).toBe("allowed");
    expect(of({ AWS: `${roleArn}-other` }).kind).toBe("denied");
    expect(of({ Service: "scheduler.amazonaws.com" }).kind).toBe("denied");
    expect(ask(statements("resource-based", allow)).kind).toBe("denied");
  });
});

describe("conditions", () => {
  test.each<[string, object, RequestContext, "allowed" | "denied"]>([
    [
      "equal text",
      { StringEquals: { "s3:prefix": ["a", "b"] } },
      { "s3:prefix": ["b"] },
      "allowed",
    ],
    ["other text", { StringEquals: { "s3:prefix": "a" } }, { "s3:prefix": ["A"] }, "denied"],
    [
      "a key's name in other letters",
      { StringEquals: { "S3:Prefix": "a" } },
      { "s3:prefix": ["a"] },
      "allowed",
    ],
    ["a key that is missing", { StringEquals: { "s3:prefix": "a" } }, {}, "denied"],
    [
      "one of two keys",
      { StringEquals: { "s3:prefix": "a", "s3:delimiter": "/" } },
      { "s3:prefix": ["a"] },
      "denied",
    ],
    [
      "one of two operators",
      { StringEquals: { "s3:prefix": "a" }, Bool: { "aws:SecureTransport": "true" } },
      { "s3:prefix": ["a"], "aws:SecureTransport": ["false"] },
      "denied",
    ],
    [
      "no wildcard in equality",
      { StringEquals: { "s3:prefix": "a*" } },
      { "s3:prefix": ["ab"] },
      "denied",
    ],
    [
      "a wildcard in likeness",
      { StringLike: { "s3:prefix": "a*" } },
      { "s3:prefix": ["ab"] },
      "allowed",
    ],
    [
      "other letters ignored",
      { StringEqualsIgnoreCase: { "s3:prefix": "A" } },
      { "s3:prefix": ["a"] },
      "allowed",
    ],
    [
      "unequal text",
      { StringNotEquals: { "s3:prefix": ["a", "b"] } },
      { "s3:prefix": ["b"] },
      "denied",
    ],
    ["unequal to what is missing", { StringNotEquals: { "s3:prefix": "a" } }, {}, "allowed"],
    ["unlike", { StringNotLike: { "s3:prefix": "a*" } }, { "s3:prefix": ["ab"] }, "denied"],
    [
      "equal if it is there, and it isn't",
      { StringEqualsIfExists: { "s3:prefix": "a" } },
      {},
      "allowed",
    ],
    [
      "equal if it is there, and it is other",
      { StringEqualsIfExists: { "s3:prefix": "a" } },
      { "s3:prefix": ["b"] },
      "denied",
    ],
    ["absent", { Null: { "s3:prefix": "true" } }, {}, "allowed"],
    [
      "absent, and it is there",
      { Null: { "s3:prefix": "true" } },
      { "s3:prefix": ["a"] },
      "denied",
    ],
    ["present", { Null: { "s3:prefix": "false" } }, { "s3:prefix": ["a"] }, "allowed"],
    [
      "a smaller number",
      { NumericLessThan: { "s3:TlsVersion": 1.2 } },
      { "s3:TlsVersion": ["1.1"] },
      "allowed",
    ],
    [
      "no smaller number",
      { NumericLessThan: { "s3:TlsVersion": 1.2 } },
      { "s3:TlsVersion": ["1.3"] },
      "denied",
    ],
    [
      "a number that is none",
      { NumericLessThan: { "s3:max-keys": 5 } },
      { "s3:max-keys": ["many"] },
      "denied",
    ],
    [
      "before an instant",
      { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } },
      { "aws:CurrentTime": ["2025-12-31T23:59:59Z"] },
      "allowed",
    ],
    [
      "an ARN's likeness",
      { ArnLike: { "aws:SourceArn": "arn:aws:s3:*:*:work" } },
      { "aws:SourceArn": ["arn:aws:s3:::work"] },
      "allowed",
    ],
    [
      "another ARN",
      { ArnEquals: { "aws:SourceArn": "arn:aws:s3:::work" } },
      { "aws:SourceArn": ["arn:aws:s3:::other"] },
      "denied",
    ],
    [
      "all values among those",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } },
      { "aws:TagKeys": ["b", "a"] },
      "allowed",
    ],
    [
      "a value beside those",
      { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } },
      { "aws:TagKeys": ["a", "c"] },
      "denied",
    ],
    ["all of no values", { "ForAllValues:StringEquals": { "aws:TagKeys": ["a"] } }, {}, "allowed"],
    [
      "any value among those",
      { "ForAnyValue:StringLike": { "aws:TagKeys": ["a*"] } },
      { "aws:TagKeys": ["c", "ab"] },
      "allowed",
    ],
    ["any of no values", { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a"] } }, {}, "denied"],
    [
      "none among those",
      { "ForAllValues:StringNotEquals": { "aws:TagKeys": ["a"] } },
      { "aws:TagKeys": ["b", "a"] },
      "denied",
    ],
  ])("%s", (_what, Condition, context, expected) => {
    expect(under(Condition, context)).toBe(expected);
  });
});

describe("what is not understood is refused before anything runs", () => {
  const statement = (overrides: object) => {
    const [placed] = statements("identity-based", {
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "*",
      ...overrides,
    });
    checkConditions("Test", placed!.statement);
  };

  test.each<[string, object, RegExp]>([
    ["operator", { Condition: { StringSounds: { "s3:prefix": "a" } } }, /operator StringSounds/],
    ["key", { Condition: { StringEquals: { "s3:colour": "a" } } }, /key s3:colour .* s3/],
    [
      "key for one of the actions",
      { Action: ["s3:GetObject", "sqs:SendMessage"], Condition: { Null: { "s3:prefix": "true" } } },
      /key s3:prefix .* sqs/,
    ],
    [
      "way to take several values together",
      { Action: "dynamodb:Query", Condition: { StringLike: { "dynamodb:LeadingKeys": "a" } } },
      /needs ForAllValues or ForAnyValue/,
    ],
    ["element", { NotPrincipal: { AWS: "*" } }, /no policy that can be enforced/],
    ["effect", { Effect: "Maybe" }, /no policy that can be enforced/],
    ["pair of elements", { NotAction: "s3:PutObject" }, /either Action or NotAction/],
  ])("an unknown %s", (_what, overrides, message) => {
    expect(() => statement(overrides)).toThrow(message);
  });

  test("a policy of the old version, whose variables are text", () => {
    expect(() => readPolicyDocument("Old", { Version: "2008-10-17", Statement: [] })).toThrow(
      /Old is no policy/,
    );
  });
});
