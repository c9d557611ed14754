import { requireAccess } from "../../shared/use-cases/access/access";
import middy from "@middy/core";
import httpRouter from "@middy/http-router";
import type { Context } from "aws-lambda";
import {
  apiRoutes,
  type ApiFunctionName,
  type ApiRoute,
  type RouteKey,
} from "../../shared/config/api-routes";
import { exportRequestSchema } from "../../shared/domain/exports/export";
import { DomainError } from "../../shared/domain/problems/problem";
import type { RouteContract } from "../../shared/contract/route-contract";
import type { TokenRules } from "../../shared/domain/access/token-rules";
import type { Log, People } from "../../shared/ports";
import { notePerson } from "../../shared/use-cases/access/people";
import {
  requireStillPermitted,
  type StillPermittedDependencies,
} from "../../shared/use-cases/access/still-permitted";
import type { ApiEvent, ApiResult, RouteHandler } from "./api-event";
import { auditChanges, type ChangeDependencies } from "./audit-changes";
import { auditReads } from "./audit-reads";
import { identifyCaller } from "./caller";
import { routeHandler, type Operations } from "./operation";
import { readJson } from "./parse-request";
import { answerProblems } from "./problem-answers";
import { repeatable, type RepeatableDependencies } from "./repeatable";
import { logRequest } from "./request-log";

/** What every function of the API needs. */
export interface ApiDependencies {
  readonly log: Log;
  readonly tokens: TokenRules;
  /** The names of users; of a function whose answers say of nobody that they did something there need be none. */
  readonly people?: People | undefined;
}

export type ApiHandler = (event: ApiEvent, context: Context) => Promise<ApiResult>;

/**
 * Puts a function's operations behind the one order of middleware: note the request in the log, answer
 * whatever is thrown as a problem, find the caller, then route, parse, handle.
 */
export function createApi<
  Name extends ApiFunctionName,
  Contracts extends Readonly<Record<RouteKey<Name>, RouteContract>> &
    Readonly<Record<string, RouteContract>>,
>(
  name: Name,
  contracts: Contracts,
  options: ApiDependencies &
    Partial<ChangeDependencies & RepeatableDependencies & StillPermittedDependencies>,
  operations: Operations<Contracts>,
): ApiHandler {
  const routes = apiRoutes
    .filter((route) => route.function === name)
    .map((route) => {
      const { method, path } = route;
      const key = keyIn(contracts, `${method} ${path}`);
      const handle = routeHandler<Contracts[keyof Contracts]>(
        route,
        contracts[key],
        operations[key],
        options.people,
      );
      return { method, path, handler: recorded(options, route, handle) };
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

function keyIn<Value extends object>(value: Value, name: string): keyof Value {
  if (!isKeyOf(value, name)) {
    throw new TypeError(`there is no ${name}`);
  }
  return name;
}

function isKeyOf<Value extends object>(value: Value, key: PropertyKey): key is keyof Value {
  return Object.hasOwn(value, key);
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
    people,
  }: Pick<ApiDependencies, "people"> &
    Partial<ChangeDependencies & RepeatableDependencies & StillPermittedDependencies>,
  route: ApiRoute,
  handle: RouteHandler,
): RouteHandler {
  const handsOutProfiles = "handsOutProfiles" in route;
  if (route.method === "GET" && !handsOutProfiles) {
    return (event) => {
      event.note = () => undefined;
      return handle(event);
    };
  }
  if (audit === undefined || clock === undefined) {
    throw new TypeError(`${route.method} ${route.path} needs an audit log`);
  }
  if (handsOutProfiles) {
    return auditReads({ audit, clock }, route, handle);
  }
  const audited = auditChanges({ audit, clock }, route, async (event) => {
    if (people !== undefined) {
      await notePerson({ people, log: event.log }, event.caller);
    }
    return handle(event);
  });
  if (!("idempotent" in route)) {
    return audited;
  }
  if (requests === undefined || ids === undefined) {
    throw new TypeError(`${route.method} ${route.path} needs a ledger of requests`);
  }
  // Outside: a repetition changes nothing, so there is nothing to record.
  return repeatable({ requests, ids, clock }, audited, async (event) => {
    // A function without these stores makes nothing that is of a connection.
    if (connections === undefined || exports === undefined) {
      requireAccess(event.caller, route.action);
      return;
    }
    await requireStillPermitted(
      { connections, exports },
      event.caller,
      route.action,
      namedBy(event, route),
    );
  });
}
