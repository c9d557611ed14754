import type { MiddlewareObj } from "@middy/core";
import { presentProblem, statusOf } from "../../shared/contract/answers/problem-answer";
import { DomainError } from "../../shared/domain/problems/problem";
import type { ApiEvent, ApiResult } from "./api-event";

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
function problemAnswer(error: DomainError, status: number, requestId: string): ApiResult {
  const { retryAfterSeconds } = error;
  return {
    statusCode: status,
    headers: {
      "content-type": "application/problem+json",
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
    },
    body: JSON.stringify(presentProblem(error, status, requestId)),
  };
}
