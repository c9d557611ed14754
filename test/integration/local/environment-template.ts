import { functionResource } from "./cloud-assembly";

/** The issuer that the stack's authorizer expects. */
export const issuer = "https://identity.example.invalid";
export const audience = "api-clients";

const getAtt = (logicalId: string, attribute: string) => ({ "Fn::GetAtt": [logicalId, attribute] });
const ref = (logicalId: string) => ({ Ref: logicalId });

function route(logicalId: string, key: string, properties: object = {}): Record<string, object> {
  return {
    [logicalId]: {
      Type: "AWS::ApiGatewayV2::Route",
      Properties: {
        ApiId: ref("Api"),
        RouteKey: key,
        Target: { "Fn::Join": ["/", ["integrations", ref("EchoIntegration")]] },
        AuthorizationType: "NONE",
        ...properties,
      },
    },
  };
}

const withToken = { AuthorizationType: "JWT", AuthorizerId: ref("Authorizer") };

/** A small stack with one of each kind of resource that the embedded environment runs. */
export const environmentTemplate = {
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: {
            Effect: "Allow",
            Principal: { Service: ["lambda.amazonaws.com", "scheduler.amazonaws.com"] },
            Action: "sts:AssumeRole",
          },
        },
        Policies: [
          {
            PolicyName: "Work",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Action: [
                    "ReceiveMessage",
                    "DeleteMessage",
                    "GetQueueAttributes",
                    "SendMessage",
                  ].map((action) => `sqs:${action}`),
                  Resource: ["Queue", "DeadLetters", "Batches"].map((queue) =>
                    getAtt(queue, "Arn"),
                  ),
                },
                {
                  Effect: "Allow",
                  Action: "lambda:InvokeFunction",
                  Resource: getAtt("Worker", "Arn"),
                },
              ],
            },
          },
        ],
      },
    },
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        TableName: "items",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      },
    },
    Bucket: {
      Type: "AWS::S3::Bucket",
      Metadata: { "aws:cdk:path": "Stack/Segments/Bucket" },
      Properties: {},
    },
    Queue: {
      Type: "AWS::SQS::Queue",
      Properties: {
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: getAtt("DeadLetters", "Arn"), maxReceiveCount: 2 },
      },
    },
    DeadLetters: { Type: "AWS::SQS::Queue", Properties: {} },
    Batches: { Type: "AWS::SQS::Queue", Properties: {} },

    Echo: functionResource("Echo", {
      Environment: {
        Variables: {
          TABLE: ref("Table"),
          BUCKET: ref("Bucket"),
          QUEUE_URL: ref("Queue"),
          API: { "Fn::Sub": "${Api.ApiEndpoint}/v1" },
          KLAVIYO_BASE_URL: "http://klaviyo.invalid",
        },
      },
    }),
    Worker: functionResource("Worker"),
    Slow: functionResource("Slow"),
    QueueSource: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: getAtt("Queue", "Arn"),
        FunctionName: ref("Worker"),
        BatchSize: 10,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
    DeadLetterSource: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: { EventSourceArn: getAtt("DeadLetters", "Arn"), FunctionName: ref("Worker") },
    },
    BatchSource: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: getAtt("Batches", "Arn"),
        FunctionName: getAtt("Worker", "Arn"),
        BatchSize: 3,
        MaximumBatchingWindowInSeconds: 20,
      },
    },

    Api: {
      Type: "AWS::ApiGatewayV2::Api",
      Properties: {
        ProtocolType: "HTTP",
        CorsConfiguration: {
          AllowOrigins: ["https://admin.example"],
          AllowMethods: ["GET", "POST"],
          AllowHeaders: ["authorization"],
        },
      },
    },
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { ApiId: ref("Api"), StageName: "$default", AutoDeploy: true },
    },
    Authorizer: {
      Type: "AWS::ApiGatewayV2::Authorizer",
      Properties: {
        AuthorizerType: "JWT",
        IdentitySource: ["$request.header.Authorization"],
        JwtConfiguration: { Issuer: issuer, Audience: [audience] },
      },
    },
    EchoIntegration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        IntegrationType: "AWS_PROXY",
        IntegrationUri: getAtt("Echo", "Arn"),
        PayloadFormatVersion: "2.0",
      },
    },
    SlowIntegration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: {
        IntegrationType: "AWS_PROXY",
        IntegrationUri: getAtt("Slow", "Arn"),
        PayloadFormatVersion: "2.0",
        TimeoutInMillis: 500,
      },
    },
    ...route("OpenRoute", "ANY /open/{name}"),
    ...route("LiteralRoute", "GET /open/literal"),
    ...route("GreedyRoute", "POST /files/{path+}"),
    ...route("GuardedRoute", "GET /guarded", withToken),
    ...route("ScopedRoute", "GET /scoped", {
      ...withToken,
      AuthorizationScopes: ["exports/write"],
    }),
    ...route("SlowRoute", "GET /slow", {
      Target: { "Fn::Join": ["/", ["integrations", ref("SlowIntegration")]] },
    }),

    Topic: { Type: "AWS::SNS::Topic", Properties: {} },
    Schedules: { Type: "AWS::Scheduler::ScheduleGroup", Properties: { Name: "group" } },
    EveryHour: {
      Type: "AWS::Scheduler::Schedule",
      Properties: {
        GroupName: ref("Schedules"),
        ScheduleExpression: "rate(1 hour)",
        FlexibleTimeWindow: { Mode: "OFF" },
        Target: {
          Arn: getAtt("Worker", "Arn"),
          RoleArn: getAtt("Role", "Arn"),
          Input: '{"scheduled":true}',
        },
      },
    },
  },
  Outputs: {
    ApiUrl: { Value: getAtt("Api", "ApiEndpoint") },
    BucketName: { Value: ref("Bucket") },
  },
};

/** What the functions do: the echo answers as its query says, the worker logs and fails as told. */
export const environmentFunctions = {
  Echo: `exports.handler = async (event) => {
    switch (event.queryStringParameters?.answer) {
      case "throw": throw new Error("as asked");
      case "plain": return { plain: true };
      case "binary": return { statusCode: 201, headers: { "Content-Type": "image/png" },
        cookies: ["a=1", "b=2"], body: "AP8=", isBase64Encoded: true };
      case "malformed": return { statusCode: "many" };
      case "environment": return process.env;
      default: return { statusCode: 200, headers: { "content-type": "application/json" },
        body: JSON.stringify(event) };
    }
  };`,
  Worker: `exports.handler = async (event) => {
    console.log(JSON.stringify(event));
    if (event.Records?.some(({ body }) => body === "die")) process.kill(process.pid, "SIGKILL");
    return { batchItemFailures: (event.Records ?? [])
      .filter(({ body }) => body.startsWith("fail"))
      .map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`,
  Slow: `exports.handler = () => new Promise((resolve) => setTimeout(resolve, 5000));`,
};
