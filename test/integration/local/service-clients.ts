import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { S3Client } from "@aws-sdk/client-s3";
import { SchedulerClient } from "@aws-sdk/client-scheduler";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { AwsCredentials } from "../../../infra/local/front/callers";
import {
  clientConfiguration,
  type AwsEndpoints,
} from "../../../infra/local/provisioning/aws-clients";

/**
 * Clients of all embedded services that call as somebody.
 *
 * @param options of each client. @default nothing is tried again
 */
export function serviceClients(
  endpoints: AwsEndpoints,
  credentials: AwsCredentials,
  options: object = { maxAttempts: 1 },
) {
  const at = (endpoint: string) => ({ ...clientConfiguration(endpoint, credentials), ...options });
  return {
    dynamodb: new DynamoDBClient(at(endpoints.dynamodb)),
    s3: new S3Client({ ...at(endpoints.s3), forcePathStyle: true }),
    sqs: new SQSClient(at(endpoints.sqs)),
    secrets: new SecretsManagerClient(at(endpoints.secretsManager)),
    scheduler: new SchedulerClient(at(endpoints.scheduler)),
    events: new EventBridgeClient(at(endpoints.eventBridge)),
    sns: new SNSClient(at(endpoints.sns)),
  };
}
