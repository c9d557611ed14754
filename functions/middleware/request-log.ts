import type { MiddlewareObj } from "@middy/core";
import type { Log } from "../../shared/ports";
import type { ApiEvent, ApiResult } from "./api-event";

/** Gives the request a log that names it, and writes one line for its answer. */
export function logRequest(log: Log): MiddlewareObj<ApiEvent, ApiResult> {
  return {
    before: ({ event }) => {
      event.log = log.with({ requestId: event.requestContext.requestId, route: event.routeKey });
    },
    after: ({ event, response }) => {
      event.log.info("requestAnswered", { status: response?.statusCode });
    },
  };
}
