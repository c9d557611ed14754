import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Caller } from "../../shared/domain/access/identity";
import type { AuditCompletion, Log } from "../../shared/ports";

/** What an operation tells of the change that it made. Keys and addresses are taken out. */
export type ChangeNote = Omit<AuditCompletion, "outcome" | "code" | "before" | "after"> & {
  readonly before?: object;
  readonly after?: object;
};

/** What a request carries when it has passed the middleware; each part is added by the one that makes it. */
export interface ApiEvent extends APIGatewayProxyEventV2 {
  /** A log that names the request. */
  log: Log;
  caller: Caller;
  /** An id that all tries of this request share, if it was sent with an `Idempotency-Key`. */
  seed?: string;
  /** Tells the audit log what was changed; of a route that changes nothing it does nothing. */
  note: (note: ChangeNote) => void;
}

export type ApiResult = APIGatewayProxyStructuredResultV2;

/** Answers a request to one route, from the event as the middleware leaves it. */
export type RouteHandler = (event: ApiEvent) => Promise<ApiResult>;
