import { S3ServiceException } from "@aws-sdk/client-s3";
import { SQSServiceException } from "@aws-sdk/client-sqs";
import { describe, expect, it } from "@jest/globals";
import { AwsFailure } from "../../../../shared/adapters/aws/aws-failure";
import { troubleOf } from "../../../../shared/adapters/aws/aws-trouble";
import { DomainError } from "../../../../shared/domain/problems/problem";

const answered = (name: string, httpStatusCode: number): Error =>
  new S3ServiceException({ name, $fault: "server", $metadata: { httpStatusCode } });
/** What the SDK throws when no answer came: Node's own error, with what it tried. */
const unanswered = (name: string, code: string): Error =>
  Object.assign(new Error("no answer"), { name, code, $metadata: { attempts: 3 } });

describe("what AWS did not do", () => {
  it.each([
    [new AwsFailure("PutItem", "ThrottlingException"), "throttled"],
    [new AwsFailure("PutItem", "ProvisionedThroughputExceededException"), "throttled"],
    [new AwsFailure("GetItem", "InternalServerError"), "unavailable"],
    [new AwsFailure("GetSecretValue", "InternalServiceError"), "unavailable"],
    [new AwsFailure("GetObject", "the body stalls"), "unavailable"],
    [new AwsFailure("GetObject", "AccessDenied"), "denied"],
    [answered("SlowDown", 503), "throttled"],
    [answered("InternalError", 500), "unavailable"],
    [answered("RequestTimeout", 400), "unavailable"],
    [answered("AccessDenied", 403), "denied"],
    [
      new SQSServiceException({
        ...{ name: "RequestThrottled", $fault: "client" },
        $metadata: { httpStatusCode: 403 },
      }),
      "throttled",
    ],
    [unanswered("TimeoutError", "ETIMEDOUT"), "unavailable"],
    [unanswered("Error", "ECONNRESET"), "unavailable"],
    [new Error("could not read", { cause: answered("SlowDown", 503) }), "throttled"],
  ] as const)("is told by %s: %s", (error, kind) => {
    expect(troubleOf(error)?.kind).toBe(kind);
  });

  it.each([
    new TypeError("x is undefined"),
    new DomainError("segmentMissing"),
    new AwsFailure("PutItem", "ValidationException"),
    new AwsFailure("GetItem", "ZodError"),
    new AwsFailure("SendMessage", "QueueDoesNotExist"),
    answered("NoSuchKey", 404),
    answered("MalformedXML", 400),
    new Error("a bug"),
    "no error at all",
  ])("does not excuse a fault of ours: %s", (error) => {
    expect(troubleOf(error)).toBeUndefined();
  });
});
