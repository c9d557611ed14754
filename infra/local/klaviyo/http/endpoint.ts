import type * as z from "zod";
import type { Account } from "../state/accounts";
import { invalidAt, invalidBody } from "./errors";
import type { Faults } from "../faults/faults";
import type { Operation, Scope } from "./operations";
import type { Query, QueryRules } from "./query";
import type { RateLimits } from "./rate-limits";
import type { StatisticsRecorder } from "../inspection/statistics";

/** What an endpoint is given once the request has passed all checks that are common to all. */
export interface EndpointRequest {
  readonly account: Account;
  /** The last variable of the path, decoded; empty when the path has none. */
  readonly id: string;
  readonly query: Query;
  /** Parsed JSON; undefined for operations without a body. */
  readonly body: unknown;
  /** The full URL, and its origin, for links. */
  readonly url: URL;
  readonly base: string;
  readonly now: number;
  readonly faults: Faults;
  readonly statistics: StatisticsRecorder;
  /** How many of the bad profiles of a job an answer names. */
  readonly mostErrors: number;
  /** Whether a phone number that is none is ignored beside a valid email, and not refused. */
  readonly ignoresPhones: boolean;
}

/** A successful answer; without a body for 204. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API, as Klaviyo's OpenAPI document describes it. */
export interface Endpoint {
  readonly operation: Operation;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path below `/api/`, without slashes at its ends; `{id}` stands for any text. */
  readonly path: string;
  readonly scopes: readonly Scope[];
  readonly limits: RateLimits;
  /** A tighter limit with windows of its own, for requests that ask for costly fields. */
  readonly costly?: {
    readonly parameter: string;
    readonly value: string;
    readonly limits: RateLimits;
  };
  readonly query: QueryRules;
  readonly hasBody: boolean;
  /** @throws ApiFailure */
  readonly answer: (request: EndpointRequest) => Answer;
}

/**
 * Checks a body against a schema.
 *
 * @throws ApiFailure 400 with a pointer per problem
 */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidBody(
    result.error.issues.flatMap((issue) => {
      const path = issue.path.map((part) => `/${String(part)}`).join("");
      if (issue.code !== "unrecognized_keys") return [invalidAt(path, issue.message)];
      return issue.keys.map((key) => invalidAt(`${path}/${key}`, `'${key}' is not a valid field.`));
    }),
  );
}
