import * as z from "zod";
import { localAccountId, localRegion } from "../aws-identity";
import { createResolver, type References, type Resolve } from "./intrinsics";
import type { Template, TemplateResource } from "./template";

/** A resource as it exists: what `Ref` and `Fn::GetAtt` give. */
export interface PhysicalResource {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Gives a resource the name that its template says, or one made of stack and logical id. */
export function physicalName(stackName: string, logicalId: string, given?: string): string {
  return given ?? `${stackName}-${logicalId}`.slice(0, 64);
}

/**
 * Resolves values of the template. Resources in `created` exist with values of their own; what the
 * others are called follows from their type.
 *
 * @param apiUrl where the gateway answers.
 */
export function resolverFor(
  { stackName, body }: Template,
  created: ReadonlyMap<string, PhysicalResource>,
  apiUrl: string,
): Resolve {
  const find = (logicalId: string): PhysicalResource | undefined => {
    const existing = created.get(logicalId);
    if (existing !== undefined) return existing;
    const resource = body.Resources[logicalId];
    return resource === undefined
      ? undefined
      : impliedResource(stackName, logicalId, resource, resolve, apiUrl, accountOf(created));
  };

  const references: References = {
    ref: (name) => {
      const pseudo = pseudoParameters(stackName, accountOf(created))[name];
      if (pseudo !== undefined) return pseudo;
      const resource = find(name);
      if (resource !== undefined) return resource.ref;
      const parameter = body.Parameters[name];
      if (parameter?.Default !== undefined) return parameter.Default;
      throw new Error(
        parameter === undefined
          ? `The template refers to ${name}, which it does not have.`
          : `The parameter ${name} has no default, and none can be given here.`,
      );
    },
    getAtt: (logicalId, attribute) => {
      const resource = find(logicalId);
      if (resource === undefined) {
        throw new Error(`The template refers to ${logicalId}, which it does not have.`);
      }
      return resource.attributes[attribute] ?? `${logicalId}.${attribute}`;
    },
  };
  const resolve = createResolver(body, references);
  return resolve;
}

/**
 * The account of the resources that exist, by their ARNs: an endpoint of one's own may have any. The embedded
 * account while there are none.
 */
function accountOf(created: ReadonlyMap<string, PhysicalResource>): string {
  const arns = [...created.values()].flatMap(({ ref, attributes }) => [
    ref,
    ...Object.values(attributes),
  ]);
  const accounts = arns.map((arn) => /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn)?.[1]);
  return accounts.find((account) => account !== undefined) ?? localAccountId;
}

function pseudoParameters(stackName: string, account: string): Readonly<Record<string, string>> {
  return {
    "AWS::AccountId": account,
    "AWS::Partition": "aws",
    "AWS::Region": localRegion,
    "AWS::StackId": `arn:aws:cloudformation:${localRegion}:${account}:stack/${stackName}/local`,
    "AWS::StackName": stackName,
    "AWS::URLSuffix": "amazonaws.com",
  };
}

const givenName = z.string().optional();

function impliedResource(
  stackName: string,
  logicalId: string,
  { Type, Properties }: TemplateResource,
  resolve: Resolve,
  apiUrl: string,
  account: string,
): PhysicalResource {
  const named = (property: string): string =>
    physicalName(stackName, logicalId, givenName.parse(resolve(Properties[property])));
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${localRegion}:${account}:${resource}`;
  switch (Type) {
    case "AWS::Lambda::Function": {
      const name = named("FunctionName");
      return { ref: name, attributes: { Arn: arn("lambda", `function:${name}`) } };
    }
    case "AWS::ApiGatewayV2::Api":
      return { ref: "local", attributes: { ApiEndpoint: apiUrl, ApiId: "local" } };
    case "AWS::ApiGatewayV2::Stage":
      return { ref: named("StageName"), attributes: {} };
    case "AWS::ApiGatewayV2::Authorizer":
    case "AWS::ApiGatewayV2::Integration":
    case "AWS::ApiGatewayV2::Route":
      return { ref: logicalId, attributes: {} };
    case "AWS::Cognito::UserPool": {
      const id = `${localRegion}_${logicalId}`;
      const provider = `cognito-idp.${localRegion}.amazonaws.com/${id}`;
      return {
        ref: id,
        attributes: {
          Arn: arn("cognito-idp", `userpool/${id}`),
          ProviderName: provider,
          ProviderURL: `https://${provider}`,
          UserPoolId: id,
        },
      };
    }
    case "AWS::Cognito::UserPoolClient":
      return { ref: logicalId, attributes: { ClientId: logicalId } };
    case "AWS::IAM::Role": {
      const name = named("RoleName");
      return {
        ref: name,
        attributes: { Arn: `arn:aws:iam::${account}:role/${name}`, RoleId: name },
      };
    }
    case "AWS::KMS::Key":
      return {
        ref: logicalId,
        attributes: { Arn: arn("kms", `key/${logicalId}`), KeyId: logicalId },
      };
    case "AWS::SNS::Topic": {
      const topic = arn("sns", named("TopicName"));
      return { ref: topic, attributes: { TopicArn: topic, TopicName: named("TopicName") } };
    }
    case "AWS::Events::EventBus":
      return {
        ref: named("Name"),
        attributes: { Arn: arn("events", `event-bus/${named("Name")}`), Name: named("Name") },
      };
    case "AWS::Scheduler::ScheduleGroup":
      return {
        ref: named("Name"),
        attributes: { Arn: arn("scheduler", `schedule-group/${named("Name")}`) },
      };
    case "AWS::Scheduler::Schedule":
      return {
        ref: named("Name"),
        attributes: { Arn: arn("scheduler", `schedule/default/${named("Name")}`) },
      };
    default: {
      const service = Type.split("::")[1]?.toLowerCase() ?? "local";
      return { ref: named("Name"), attributes: { Arn: arn(service, named("Name")) } };
    }
  }
}
