import type * as z from "zod";
import type { ApiRoute } from "../../shared/config/api-routes";
import type {
  AnswerContract,
  GivenAnswer,
  RouteContract,
} from "../../shared/contract/route-contract";
import type { Caller } from "../../shared/domain/access/identity";
import type { Log, People } from "../../shared/ports";
import { withNames } from "../../shared/use-cases/access/people";
import type { ApiResult, ChangeNote, RouteHandler } from "./api-event";
import { etagOf, expectedVersion, reportStale } from "./if-match";
import { parseRequest } from "./parse-request";

/** What a route's operation is given. */
interface ApiRequest<Contract extends RouteContract> {
  readonly caller: Caller;
  readonly log: Log;
  /** Tells the audit log what was changed. */
  readonly note: (note: ChangeNote) => void;
  readonly path: z.output<Contract["path"]>;
  readonly query: z.output<Contract["query"]>;
  readonly body: z.output<Contract["body"]>;
  /** An id that all tries of this request share, if it was sent with an `Idempotency-Key`. */
  readonly seed: string | undefined;
  /** The version that `If-Match` names; undefined without the header. */
  readonly ifMatch: number | undefined;
}

/** Does what a route is for, and gives what the route's contract answers. */
export type Operation<Contract extends RouteContract> = (
  request: ApiRequest<Contract>,
) => Promise<GivenAnswer<Contract["answer"]["schema"]>>;

/** An operation for each route of some contracts: a route that is missing or unknown does not compile. */
export type Operations<Contracts extends Readonly<Record<string, RouteContract>>> = {
  readonly [Key in keyof Contracts]: Operation<Contracts[Key]>;
};

/** Parses requests by a route's contract, has them carried out, and answers as the contract says. */
export function routeHandler<Contract extends RouteContract>(
  route: ApiRoute,
  contract: Contract,
  operation: Operation<Contract>,
  people?: People,
): RouteHandler {
  const { path, query, body, answer } = contract;
  return async (event) => {
    const { caller, log, note, seed } = event;
    const ifMatch = "conditional" in route ? expectedVersion(event) : undefined;
    const parsed = parseRequest<Contract["path"], Contract["query"], Contract["body"]>(
      { path, query, body },
      event,
    );
    return reportStale(ifMatch, async () => {
      const given = await operation({ caller, log, note, seed, ifMatch, ...parsed });
      const named = people === undefined ? given : await withNames({ people, log }, caller, given);
      return resultOf(answer, named, parsed.path);
    });
  };
}

/** What the contract does not know of is left out of the answer. */
function resultOf(answer: AnswerContract, value: unknown, path: unknown): ApiResult {
  const shown = answer.schema.parse(value);
  if (shown === undefined) {
    return { statusCode: answer.status };
  }
  const location = answer.location?.(shown, path);
  const version = answer.etag?.(shown);
  return {
    statusCode: answer.status,
    headers: {
      "content-type": "application/json",
      ...(location === undefined ? {} : { location }),
      ...(version === undefined ? {} : { etag: etagOf(version) }),
    },
    body: JSON.stringify(shown),
  };
}
