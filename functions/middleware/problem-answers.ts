import type { MiddlewareObj } from "@middy/core";
import { DomainError, type ProblemCode } from "../../shared/domain/problem";
import { redact } from "../../shared/domain/redaction";
import type { ApiEvent, ApiResult } from "./api-event";

/**
 * The HTTP status of every problem that a request can meet. A problem that is not here is one that no
 * request should meet, and is answered as `internalError`, without details.
 */
export const problemStatuses: Partial<Record<ProblemCode, number>> = {
  invalidRequest: 400,
  notAuthenticated: 401,
  notPermitted: 403,
  connectionNotFound: 404,
  exportNotFound: 404,
  runNotFound: 404,
  routeNotFound: 404,
  segmentMissing: 404,
  reportNotAvailable: 404,
  displayNameTaken: 409,
  connectionInUse: 409,
  noConnectionAvailable: 409,
  exportRunning: 409,
  listMirrored: 409,
  runEnded: 409,
  exportChanged: 409,
  connectionChanged: 409,
  ownSecretInUse: 409,
  segmentChanged: 409,
  requestTooLarge: 413,
  mediaTypeUnsupported: 415,
  keyRefused: 422,
  scopesMissing: 422,
  accountMismatch: 422,
  ownSecretUnreadable: 422,
  secretUnreadable: 422,
  listNotFound: 422,
  segmentUnreadable: 422,
  fieldMissing: 422,
  internalError: 500,
  klaviyoRefused: 502,
  klaviyoUnavailable: 503,
};

/** What a field of the request names and is not there is no missing page, but a fault of the request. */
function statusOf({ problem, field }: DomainError): number | undefined {
  const status = problemStatuses[problem.code];
  return status === 404 && field !== undefined ? 422 : status;
}

/** Turns whatever was thrown into a problem answer (RFC 9457). */
export function answerProblems(): MiddlewareObj<ApiEvent, ApiResult> {
  return {
    onError: (request) => {
      const { event, error } = request;
      const known = error instanceof DomainError ? error : undefined;
      const status = known === undefined ? undefined : statusOf(known);
      const answered =
        known === undefined || status === undefined ? new DomainError("internalError") : known;
      const answer = problemAnswer(answered, status ?? 500, event.requestContext.requestId);
      if ((answer.statusCode ?? 500) >= 500) {
        event.log.error("requestFailed", { status: answer.statusCode, error });
      } else {
        event.log.info("requestRefused", {
          status: answer.statusCode,
          code: answered.problem.code,
          field: answered.field,
        });
      }
      request.response = answer;
    },
  };
}

/**
 * The answer to a request that can't be done. Its texts may repeat what the request held, so keys and
 * addresses are taken out of them.
 */
export function problemAnswer(error: DomainError, status: number, requestId: string): ApiResult {
  const { code, message, params } = error.problem;
  return {
    statusCode: status,
    headers: { "content-type": "application/problem+json" },
    body: JSON.stringify({
      type: `urn:klaviyo-segment-export:problem:${code}`,
      title: titleOf(code),
      status,
      detail: redact(message),
      code,
      ...(error.field === undefined ? {} : { field: redactPointer(error.field) }),
      ...(Object.keys(params).length === 0
        ? {}
        : {
            params: Object.fromEntries(
              Object.entries(params).map(([name, value]) => [
                name,
                typeof value === "string" ? redact(value) : value,
              ]),
            ),
          }),
      requestId,
    }),
  };
}

/** Step by step, so that it stays a pointer. */
function redactPointer(pointer: string): string {
  return pointer.split("/").map(redact).join("/");
}

/** `exportNotFound` is titled “Export not found”: RFC 9457 wants the same title for every occurrence. */
function titleOf(code: ProblemCode): string {
  const words = code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
