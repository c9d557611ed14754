import type { AwsTrouble } from "../../domain/runs/patience";
import { AwsFailure } from "./aws-failure";

/** By the errors' names, as the services' API references have them. */
const throttling: ReadonlySet<string> = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "SlowDown",
  "OverLimit",
  "KmsThrottled",
]);
const denying: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "ExpiredToken",
  "ExpiredTokenException",
  "CredentialsProviderError",
  "KmsAccessDenied",
]);
/** Waiting does not help: what was asked can't be done, or is not there. */
const ofOurs: ReadonlySet<string> = new Set([
  "ValidationException",
  "ValidationError",
  "SerializationException",
  "ConditionalCheckFailedException",
  "ResourceNotFoundException",
  "InvalidParameterException",
  "InvalidParameterValue",
  "InvalidRequestException",
  "InvalidMessageContents",
  "DecryptionFailure",
  "ItemCollectionSizeLimitExceededException",
  "NoSuchBucket",
  "NoSuchKey",
  "NotFound",
  "InvalidArgument",
  "InvalidRequest",
  "EntityTooLarge",
  "PreconditionFailed",
  "QueueDoesNotExist",
  "AWS.SimpleQueueService.NonExistentQueue",
  // Thrown by our own code, or by the SDK for it, within a call.
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "ZodError",
]);

/**
 * What AWS did not do, if that is why something failed; undefined for a fault of ours. Looks at what adapters throw
 * and at the SDK's own errors, which carry `$metadata` also when no answer came, and at what caused them.
 */
export function troubleOf(error: unknown): AwsTrouble | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  if (error instanceof AwsFailure) {
    return classify(error.operation, error.awsError);
  }
  if ("$metadata" in error) {
    return classify("AWS", error.name, statusOf(error));
  }
  return error.cause === undefined ? undefined : troubleOf(error.cause);
}

function classify(operation: string, name: string, status?: number): AwsTrouble | undefined {
  const what = `${operation}: ${name}`;
  if (throttling.has(name) || status === 429) {
    return { kind: "throttled", what };
  }
  if (denying.has(name)) {
    return { kind: "denied", what };
  }
  if (ofOurs.has(name)) {
    return undefined;
  }
  const isAnswer = status !== undefined && status >= 400 && status < 500;
  return isAnswer && name !== "RequestTimeout" ? undefined : { kind: "unavailable", what };
}

function statusOf(error: object): number | undefined {
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  const status: unknown =
    typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
      ? metadata.httpStatusCode
      : undefined;
  return typeof status === "number" ? status : undefined;
}
