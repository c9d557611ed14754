import * as z from "zod";
import { problemStatuses } from "./answers/problem-answer";
import type { ProblemCode } from "../domain/problems/problem";

/** A code, or a code that is answered as 422 because a field of the body names what is not there. */
type DocumentedProblem = ProblemCode | { readonly inField: ProblemCode };

/**
 * One route, as callers see it: what it takes, what it answers, what may go wrong. Functions validate
 * requests by it, and the API's description is made from it.
 */
export interface RouteContract<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  /** A few words, starting with a verb. */
  readonly summary: string;
  /** What a caller must know besides. */
  readonly description?: string;
  readonly path: Path;
  readonly query: Query;
  /** `noBody` takes no notice of a body that is sent. */
  readonly body: Body;
  readonly answer: {
    readonly status: 200 | 201 | 202 | 204;
    readonly description: string;
    /** Absent for an answer without a body. */
    readonly schema?: z.ZodType;
    readonly example?: unknown;
    /** Whether the answer carries an `ETag`. */
    readonly etag?: true;
  };
  /** An example of the body, if the route takes one. */
  readonly bodyExample?: unknown;
  /** Beside those that every route has: the request, the caller, the system itself. */
  readonly problems: readonly DocumentedProblem[];
  /** Whether the route honours `If-Match`. */
  readonly conditional?: true;
  /** Whether the route takes an `Idempotency-Key`. */
  readonly idempotent?: true;
}

/** Keeps the types of a route's schemas. */
export function routeContract<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
>(contract: RouteContract<Path, Query, Body>): RouteContract<Path, Query, Body> {
  return contract;
}

/** The problems that a request to a route can meet, with the status of each. */
export function problemsOf(
  contract: RouteContract,
): readonly { readonly code: ProblemCode; readonly status: number }[] {
  const takesBody = !(contract.body instanceof z.ZodUndefined);
  const all: readonly DocumentedProblem[] = [
    ...(["invalidRequest", "notAuthenticated", "notPermitted"] as const),
    ...contract.problems,
    ...(takesBody ? (["requestTooLarge", "mediaTypeUnsupported"] as const) : []),
    ...(contract.conditional === true ? (["versionStale"] as const) : []),
    ...(contract.idempotent === true
      ? (["idempotencyKeyBusy", "idempotencyKeyReused"] as const)
      : []),
    "internalError",
    "itemUnreadable",
  ];
  return all.map((documented) =>
    typeof documented === "string"
      ? { code: documented, status: problemStatuses[documented] ?? 500 }
      : { code: documented.inField, status: 422 },
  );
}
