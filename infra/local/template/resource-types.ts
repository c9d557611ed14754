import type { TemplateBody } from "./template";

// What runs here.
const supported = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Authorizer",
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::Function",
  "AWS::CloudFront::ResponseHeadersPolicy",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::Cognito::UserPoolGroup",
  "AWS::DynamoDB::GlobalTable",
  "AWS::DynamoDB::Table",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::Scheduler::Schedule",
  "AWS::Scheduler::ScheduleGroup",
]);

// What has no part in the system's behaviour on a laptop: permissions, keys, logs, alarms, and those who
// hear what the system announces.
const ignored = [
  /^AWS::ApplicationAutoScaling::/,
  /^AWS::CDK::Metadata$/,
  // How files get to the browser; what the browser is told of them is read from the two types above.
  /^AWS::CloudFront::(Distribution|OriginAccessControl)$/,
  /^AWS::CloudFormation::(CustomResource|WaitConditionHandle)$/,
  /^AWS::CloudWatch::/,
  /^AWS::Cognito::(ManagedLoginBranding|UserPoolDomain|UserPoolResourceServer|UserPoolUser|UserPoolUserToGroupAttachment|UserPoolRiskConfigurationAttachment|LogDeliveryConfiguration)$/,
  /^AWS::Events::/,
  /^AWS::IAM::/,
  /^AWS::KMS::/,
  /^AWS::Lambda::(EventInvokeConfig|Permission)$/,
  /^AWS::Logs::/,
  /^AWS::ResourceGroups::/,
  /^AWS::S3::BucketPolicy$/,
  /^AWS::SNS::(Subscription|TopicPolicy)$/,
  /^AWS::SQS::QueuePolicy$/,
  /^AWS::WAFv2::/,
  /^Custom::/,
];

/** @throws naming the resources whose type the embedded environment neither runs nor may leave out. */
export function checkResourceTypes(body: TemplateBody): void {
  const unknown = Object.entries(body.Resources).filter(
    ([, { Type }]) => !supported.has(Type) && !ignored.some((pattern) => pattern.test(Type)),
  );
  if (unknown.length === 0) return;
  const named = unknown.map(([logicalId, { Type }]) => `${logicalId} (${Type})`).join(", ");
  throw new Error(
    `The embedded environment can't run ${named}. Add the type to infra/local, or to the types that it leaves out if it has no part in how the system behaves.`,
  );
}
