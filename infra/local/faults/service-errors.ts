import { AwsServiceError } from "../emulators/aws-error";
import type { AwsServiceName } from "../front/aws-request";

/** What each service answers who asks too often: its API reference, "Common errors" and the actions' own. */
const throttling: Readonly<Record<AwsServiceName, readonly [code: string, status: number][]>> = {
  dynamodb: [
    ["ProvisionedThroughputExceededException", 400],
    ["ThrottlingException", 400],
    ["RequestLimitExceeded", 400],
  ],
  s3: [["SlowDown", 503]],
  sqs: [
    ["RequestThrottled", 400],
    ["ThrottlingException", 400],
  ],
  secretsmanager: [["ThrottlingException", 400]],
  scheduler: [["ThrottlingException", 429]],
  events: [["ThrottlingException", 400]],
  sns: [["Throttled", 429]],
  sts: [["Throttling", 400]],
};

/** How each service says that it failed itself. */
const failure: Readonly<Record<AwsServiceName, readonly [code: string, status: number][]>> = {
  dynamodb: [
    ["InternalServerError", 500],
    ["ServiceUnavailable", 503],
  ],
  s3: [
    ["InternalError", 500],
    ["ServiceUnavailable", 503],
  ],
  sqs: [
    ["InternalFailure", 500],
    ["ServiceUnavailable", 503],
  ],
  secretsmanager: [["InternalServiceError", 500]],
  scheduler: [["InternalServerException", 500]],
  events: [["InternalException", 500]],
  sns: [["InternalError", 500]],
  sts: [["InternalFailure", 500]],
};

/** @param lot from 0 to below 1: which of the service's ways to say it. */
export function throttlingError(service: AwsServiceName, lot: number): AwsServiceError {
  return errorOf(throttling[service], lot, "The rate of requests is exceeded.");
}

/** @param lot from 0 to below 1: which of the service's ways to say it. */
export function failureError(service: AwsServiceName, lot: number): AwsServiceError {
  return errorOf(failure[service], lot, "An error occurred on the server side.");
}

function errorOf(
  ways: readonly [code: string, status: number][],
  lot: number,
  message: string,
): AwsServiceError {
  const [code, status] = ways[Math.floor(lot * ways.length)] ?? ["InternalFailure", 500];
  return new AwsServiceError(code, message, status);
}
