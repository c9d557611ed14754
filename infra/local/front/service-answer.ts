import { randomUUID } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import { AwsServiceError } from "../emulators/aws-error";
import type { AwsServiceName } from "./aws-request";

/** An answer as it goes over the wire. */
export interface ServiceAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** An error as the service writes it, by its protocol. */
export function errorAnswer(service: AwsServiceName, error: AwsServiceError): ServiceAnswer {
  const { status, code, message } = error;
  const requestId = randomUUID();
  const jsonHeaders = { "x-amzn-requestid": requestId };
  switch (service) {
    case "dynamodb":
      return {
        status,
        headers: { ...jsonHeaders, "content-type": "application/x-amz-json-1.0" },
        body: JSON.stringify({
          __type: `${dynamoDbNamespace(code)}#${code}`,
          message,
        }),
      };
    case "sqs":
      return {
        status,
        headers: {
          ...jsonHeaders,
          "content-type": "application/x-amz-json-1.0",
          "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}`,
        },
        body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message }),
      };
    case "secretsmanager":
    case "events":
      return {
        status,
        headers: { ...jsonHeaders, "content-type": "application/x-amz-json-1.1" },
        body: JSON.stringify({ __type: code, message }),
      };
    case "scheduler":
      return {
        status,
        headers: {
          ...jsonHeaders,
          "content-type": "application/json",
          "x-amzn-errortype": code,
        },
        body: JSON.stringify({ Message: message }),
      };
    case "sns":
    case "sts":
      return {
        status,
        headers: { "content-type": "text/xml" },
        body:
          `<ErrorResponse xmlns="${queryNamespaces[service]}"><Error>` +
          `<Type>${status < 500 ? "Sender" : "Receiver"}</Type>` +
          `<Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>` +
          `<RequestId>${requestId}</RequestId></ErrorResponse>`,
      };
    case "s3":
      return {
        status,
        headers: { "content-type": "application/xml", "x-amz-request-id": requestId },
        body:
          '<?xml version="1.0" encoding="UTF-8"?>\n' +
          `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message>` +
          `<RequestId>${requestId}</RequestId></Error>`,
      };
  }
}

/** Of the services that speak AWS Query. */
export const queryNamespaces = {
  sns: "http://sns.amazonaws.com/doc/2010-03-31/",
  sts: "https://sts.amazonaws.com/doc/2011-06-15/",
} as const;

/** What concerns keys and permissions is answered by what all services share. */
function dynamoDbNamespace(code: string): string {
  return ["AccessDeniedException", "UnrecognizedClientException"].includes(code)
    ? "com.amazon.coral.service"
    : "com.amazonaws.dynamodb.v20120810";
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** What is no error of a service is a fault of the service. */
export function asServiceError(error: unknown): AwsServiceError {
  return error instanceof AwsServiceError
    ? error
    : new AwsServiceError("InternalFailure", "An error occurred on the server side.", 500);
}
