import * as z from "zod";
import type { Resolve } from "../template/intrinsics";
import { resourcesOfType } from "../template/resources-of-type";
import type { Template } from "../template/template";
import { checkConditions } from "./context-keys";
import type { PlacedStatement } from "./evaluate";
import { readPolicyDocument, type PolicyStatement } from "./policy-document";

const tagsSchema = z.array(z.object({ Key: z.string(), Value: z.string() }));
const inlineSchema = z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() });
const roleProperties = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z
    .undefined({ error: "Permission boundaries are not enforced here." })
    .optional(),
  Policies: z.array(inlineSchema).default([]),
  Tags: tagsSchema.default([]),
});
const policyProperties = z.object({
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});
const resourcePolicies = {
  "AWS::S3::BucketPolicy": z.object({ PolicyDocument: z.unknown() }),
  "AWS::SQS::QueuePolicy": z.object({ PolicyDocument: z.unknown() }),
  "AWS::SNS::TopicPolicy": z.object({ PolicyDocument: z.unknown() }),
  "AWS::SecretsManager::ResourcePolicy": z
    .object({ ResourcePolicy: z.unknown() })
    .transform(({ ResourcePolicy }) => ({ PolicyDocument: ResourcePolicy })),
};

/** AWS's own policies that roles may have, as far as templates here name them. */
const managedPolicies: Readonly<Record<string, readonly string[]>> = {
  "service-role/AWSLambdaBasicExecutionRole": [
    ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  ],
};

/** A role of the template with everything that its policies say. */
export interface TemplateRole {
  readonly logicalId: string;
  readonly arn: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may take it on. */
  readonly trust: readonly PolicyStatement[];
  readonly identityPolicies: readonly PlacedStatement[];
}

export interface TemplatePolicies {
  /** By ARN. */
  readonly roles: ReadonlyMap<string, TemplateRole>;
  /** Those of all resources: each statement names its own. */
  readonly resourcePolicies: readonly PlacedStatement[];
}

/** @throws when a policy says what can't be enforced here. */
export function templatePolicies(template: Template, resolve: Resolve): TemplatePolicies {
  const ofRoles = resourcesOfType(
    template,
    resolve,
    ["AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"],
    policyProperties,
  ).map(({ logicalId, properties }) => ({
    roles: properties.Roles,
    arn: resolve({ Ref: logicalId }),
    statements: statementsOf(logicalId, properties.PolicyDocument),
  }));
  const roles = resourcesOfType(template, resolve, ["AWS::IAM::Role"], roleProperties).map(
    ({ logicalId, properties }): TemplateRole => {
      const name = z.string().parse(resolve({ Ref: logicalId }));
      const attached = ofRoles.filter(
        (policy) =>
          policy.roles.includes(name) ||
          properties.ManagedPolicyArns.some((arn) => arn === policy.arn),
      );
      const statements = [
        ...attached.flatMap((policy) => policy.statements),
        ...properties.Policies.flatMap(({ PolicyName, PolicyDocument }) =>
          statementsOf(`${logicalId} (${PolicyName})`, PolicyDocument),
        ),
        ...properties.ManagedPolicyArns.filter((arn) =>
          ofRoles.every((policy) => policy.arn !== arn),
        ).map(managedStatement),
      ];
      return {
        logicalId,
        name,
        arn: z.string().parse(resolve({ "Fn::GetAtt": [logicalId, "Arn"] })),
        tags: Object.fromEntries(properties.Tags.map(({ Key, Value }) => [Key, Value])),
        trust:
          properties.AssumeRolePolicyDocument === undefined
            ? []
            : statementsOf(`${logicalId} (trust)`, properties.AssumeRolePolicyDocument),
        identityPolicies: statements.map((statement) => ({ policy: "identity-based", statement })),
      };
    },
  );
  return {
    roles: new Map(roles.map((role) => [role.arn, role])),
    resourcePolicies: Object.entries(resourcePolicies)
      .flatMap(([type, schema]) => resourcesOfType(template, resolve, [type], schema))
      .flatMap(({ logicalId, properties }) => statementsOf(logicalId, properties.PolicyDocument))
      .map((statement) => ({ policy: "resource-based", statement })),
  };
}

function statementsOf(name: string, document: unknown): readonly PolicyStatement[] {
  const { Statement } = readPolicyDocument(name, document);
  for (const statement of Statement) checkConditions(name, statement);
  return Statement;
}

function managedStatement(arn: string): PolicyStatement {
  const name = arn.replace(/^arn:[\w-]+:iam::aws:policy\//, "");
  const actions = managedPolicies[name];
  if (actions === undefined) {
    throw new Error(`What the managed policy ${arn} allows is not known here.`);
  }
  return { Sid: name, Effect: "Allow", Action: [...actions], Resource: ["*"], Condition: {} };
}
