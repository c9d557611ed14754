import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { localCredentials, localRegion } from "../aws-identity";
import type { AwsCredentials } from "../front/callers";

/** Where each AWS service answers: base URLs without a trailing slash. */
export interface AwsEndpoints {
  readonly dynamodb: string;
  readonly s3: string;
  readonly sqs: string;
  readonly secretsManager: string;
  readonly scheduler: string;
  readonly eventBridge: string;
  readonly sns: string;
  readonly sts: string;
}

/**
 * What an SDK client needs to reach a local endpoint.
 *
 * @param credentials who calls. @default whoever owns the machine, who may do everything
 */
export function clientConfiguration(
  endpoint: string,
  credentials: AwsCredentials = localCredentials,
): {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
} {
  return { endpoint, region: localRegion, credentials: { ...credentials } };
}

/** The clients that the environment itself uses. */
export interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  close(): void;
}

export function createAwsClients(endpoints: AwsEndpoints): AwsClients {
  const dynamodb = new DynamoDBClient(clientConfiguration(endpoints.dynamodb));
  const s3 = new S3Client({ ...clientConfiguration(endpoints.s3), forcePathStyle: true });
  const sqs = new SQSClient(clientConfiguration(endpoints.sqs));
  return {
    dynamodb,
    s3,
    sqs,
    close: () => {
      dynamodb.destroy();
      s3.destroy();
      sqs.destroy();
    },
  };
}

/** The variables by which the SDKs in functions find the services. */
export function endpointVariables(endpoints: AwsEndpoints): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secretsManager,
    AWS_ENDPOINT_URL_SCHEDULER: endpoints.scheduler,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoints.eventBridge,
    AWS_ENDPOINT_URL_SNS: endpoints.sns,
    AWS_ENDPOINT_URL_STS: endpoints.sts,
  };
}
