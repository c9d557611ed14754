import * as z from "zod";
import { problemStatuses } from "./answers/problem-answer";
import type { ApiRoute } from "../config/api-routes";
import type { ProblemCode } from "../domain/problems/problem";

/** A code, or a code that is answered as 422 because a field of the body names what is not there. */
type DocumentedProblem = ProblemCode | { readonly inField: ProblemCode };

/**
 * One route, as callers see it: what it takes, what it answers, what may go wrong. Functions validate requests and
 * answers by it, clients are typed by it, and the API's description is made from it.
 */
export interface RouteContract<
  Path extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** A few words, starting with a verb. */
  readonly summary: string;
  /** What a caller must know besides. */
  readonly description?: string;
  readonly path: Path;
  readonly query: Query;
  /** `noBody` takes no notice of a body that is sent. */
  readonly body: Body;
  readonly answer: AnswerContract<Answer, z.output<Path>>;
  /** An example of the body, if the route takes one. */
  readonly bodyExample?: unknown;
  /** Beside those that every route has: the request, the caller, the system itself. */
  readonly problems: readonly DocumentedProblem[];
}

/** What a route answers when nothing went wrong. */
export interface AnswerContract<Schema extends z.ZodType = z.ZodType, Path = unknown> {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** `noAnswer` for an answer without a body. */
  readonly schema: Schema;
  readonly example?: unknown;
  /** The answer's `Location`, of what was made or started: where it can be seen. */
  location?(answer: z.output<Schema>, path: Path): `/${string}`;
  /** The version that is the answer's `ETag`; undefined for an answer that shows none. */
  etag?(answer: z.output<Schema>): number | undefined;
}

/** Keeps the types of a route's schemas. */
export function routeContract<
  Path extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(contract: RouteContract<Path, Query, Body, Answer>): RouteContract<Path, Query, Body, Answer> {
  return contract;
}

/** What may be given as an answer of a schema: it is only read, so its arrays may be such as can't be written. */
export type GivenAnswer<Schema extends z.ZodType> = Unwritten<z.input<Schema>>;
type Unwritten<Value> = Value extends readonly (infer Item)[]
  ? readonly Unwritten<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: Unwritten<Value[Name]> }
    : Value;

/** The version that an answer shows, for its `ETag`. */
export function versionOf({ version }: { readonly version: number }): number {
  return version;
}

/** The problems that a request to a route can meet, with the status of each. */
export function problemsOf(
  route: ApiRoute,
  contract: RouteContract,
): readonly { readonly code: ProblemCode; readonly status: number }[] {
  const takesBody = !(contract.body instanceof z.ZodUndefined);
  const all: readonly DocumentedProblem[] = [
    ...(["invalidRequest", "notAuthenticated", "notPermitted"] as const),
    ...contract.problems,
    ...(takesBody ? (["requestTooLarge", "mediaTypeUnsupported"] as const) : []),
    ...("conditional" in route ? (["versionStale"] as const) : []),
    ...("idempotent" in route ? (["idempotencyKeyBusy", "idempotencyKeyReused"] as const) : []),
    "internalError",
    "itemUnreadable",
  ];
  return all.map((documented) =>
    typeof documented === "string"
      ? { code: documented, status: problemStatuses[documented] ?? 500 }
      : { code: documented.inField, status: 422 },
  );
}
