import middy from "@middy/core";
import httpRouter from "@middy/http-router";
import type { Context } from "aws-lambda";
import type * as z from "zod";
import {
  apiRoutes,
  type ApiFunctionName,
  type ApiRoute,
  type RouteKey,
} from "../../shared/config/api-routes";
import { exportRequestSchema } from "../../shared/domain/exports/export";
import type { Caller } from "../../shared/domain/access/identity";
import { DomainError } from "../../shared/domain/problems/problem";
import type { Log } from "../../shared/ports";
import type { RouteContract } from "../../shared/contract/route-contract";
import type { ApiDependencies, ChangeDependencies } from "../../shared/use-cases/api-dependencies";
import {
  requireStillPermitted,
  type StillPermittedDependencies,
} from "../../shared/use-cases/access/still-permitted";
import type { ApiEvent, ApiOperation, ApiResult, ChangeNote } from "./api-event";
import { auditChanges } from "./audit-changes";
import { auditReads } from "./audit-reads";
import { identifyCaller } from "./caller";
import { expectedVersion, reportStale } from "./if-match";
import { parseRequest, readJson } from "./parse-request";
import { answerProblems } from "./problem-answers";
import { repeatable, type RepeatableDependencies } from "./repeatable";
import { logRequest } from "./request-log";

/** What a route's handler is given. */
export interface ApiRequest<Path, Query, Body> {
  readonly caller: Caller;
  readonly log: Log;
  /** Tells the audit log what was changed. */
  readonly note: (note: ChangeNote) => void;
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  /** An id that all tries of this request share, if it was sent with an `Idempotency-Key`. */
  readonly seed: string | undefined;
  /** The version that `If-Match` names; absent without the header. */
  readonly ifMatch: number | undefined;
}

/** An operation for each route of a function: a route that is missing or unknown does not compile. */
export type ApiOperations<Name extends ApiFunctionName> = Record<RouteKey<Name>, ApiOperation>;

/** Makes an operation: parses the request by the route's contract, then answers it. */
export function operation<Path extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  contract: RouteContract<Path, Query, Body>,
  answer: (request: ApiRequest<z.infer<Path>, z.infer<Query>, z.infer<Body>>) => Promise<ApiResult>,
): ApiOperation {
  const run = async (event: ApiEvent): Promise<ApiResult> => {
    const { caller, log, note, seed } = event;
    const ifMatch = contract.conditional === true ? expectedVersion(event) : undefined;
    const request = { caller, log, note, seed, ifMatch, ...parseRequest(contract, event) };
    return reportStale(ifMatch, () => answer(request));
  };
  return Object.assign(run, { idempotent: contract.idempotent === true });
}

export type ApiHandler = (event: ApiEvent, context: Context) => Promise<ApiResult>;

/**
 * Puts a function's operations behind the one order of middleware: note the request in the log, answer
 * whatever is thrown as a problem, find the caller, then route, parse, handle.
 */
export function createApi<Name extends ApiFunctionName>(
  name: Name,
  options: ApiDependencies &
    Partial<ChangeDependencies & RepeatableDependencies & StillPermittedDependencies>,
  operations: ApiOperations<Name>,
): ApiHandler {
  const operationsByRoute = new Map<string, ApiOperation>(Object.entries(operations));
  const routes = apiRoutes
    .filter((route) => route.function === name)
    .flatMap((route) => {
      const handler = operationsByRoute.get(`${route.method} ${route.path}`);
      return handler === undefined
        ? []
        : [{ method: route.method, path: route.path, handler: recorded(options, route, handler) }];
    });
  return middy<ApiEvent, ApiResult>()
    .use(logRequest(options.log))
    .use(answerProblems())
    .use(identifyCaller(options.tokens))
    .handler(
      httpRouter<ApiEvent, ApiResult>({
        routes,
        notFoundResponse: ({ method, path }) => {
          throw new DomainError("routeNotFound", { method, path });
        },
      }),
    );
}

const connectionInBody = exportRequestSchema.pick({ connectionId: true }).strip();

/** The connection or the export that a request is about. */
function namedBy(
  event: ApiEvent,
  { action }: ApiRoute,
): { connectionId?: string | undefined; exportId?: string | undefined } {
  const { pathParameters } = event;
  return action === "createExport"
    ? connectionInBody.parse(readJson(event))
    : { connectionId: pathParameters?.["connectionId"], exportId: pathParameters?.["exportId"] };
}

/** Whatever may change something, and whatever hands out profiles, goes into the audit log; a function that has no log can't be made. */
function recorded(
  {
    audit,
    clock,
    requests,
    ids,
    connections,
    exports,
  }: Partial<ChangeDependencies & RepeatableDependencies & StillPermittedDependencies>,
  route: ApiRoute,
  operation: ApiOperation,
): ApiOperation {
  const handsOutProfiles = "handsOutProfiles" in route;
  if (route.method === "GET" && !handsOutProfiles) {
    return (event) => {
      event.note = () => undefined;
      return operation(event);
    };
  }
  if (audit === undefined || clock === undefined) {
    throw new TypeError(`${route.method} ${route.path} needs an audit log`);
  }
  if (handsOutProfiles) {
    return auditReads({ audit, clock }, route, operation);
  }
  const audited = auditChanges({ audit, clock }, route, operation);
  if (operation.idempotent !== true) {
    return audited;
  }
  if (
    requests === undefined ||
    ids === undefined ||
    connections === undefined ||
    exports === undefined
  ) {
    throw new TypeError(`${route.method} ${route.path} needs a ledger of requests`);
  }
  // Outside: a repetition changes nothing, so there is nothing to record.
  return repeatable({ requests, ids, clock }, audited, (event) =>
    requireStillPermitted(
      { connections, exports },
      event.caller,
      route.action,
      namedBy(event, route),
    ),
  );
}
