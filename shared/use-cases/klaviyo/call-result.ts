import type { KlaviyoFault } from "../../domain/klaviyo/klaviyo-fault";
import { fixedReasons } from "../../domain/problems/reasons";
import { problem, type Problem } from "../../domain/problems/problem";
import type { KlaviyoResult } from "../../ports";

/** What a call to Klaviyo came to, by what is to be done about it. */
export type CallResult<Value> = Done<Value> | NotDone;

/** `ignored`: as in {@link KlaviyoResult}. */
export interface Done<Value> {
  readonly kind: "done";
  readonly value: Value;
  readonly ignored?: readonly string[] | undefined;
}

export type NotDone = Unanswered | Refused;

/** Klaviyo has not said anything about the request itself. */
export type Unanswered = Later | Faulty | Hopeless;

/** The account may not be called before this instant. */
export interface Later {
  readonly kind: "later";
  readonly at: Date;
  /** `limiter`: there is no slot before, and the call was not made. `klaviyo`: Klaviyo itself asks for patience. */
  readonly by: "limiter" | "klaviyo";
  readonly problem: Problem;
}

/** Klaviyo is not available: worth another try, and a fault if there are many. */
interface Faulty {
  readonly kind: "faulty";
  readonly problem: Problem;
  /** Klaviyo was not reached at all, so it surely did not do it. Else nobody knows. */
  readonly unreached: boolean;
}

/** A person must act: no try will do better. */
export interface Hopeless {
  readonly kind: "hopeless";
  readonly problem: Problem;
  /** Nor can anything else of the run be done. */
  readonly stopsRun: boolean;
}

/**
 * Klaviyo refuses the request. What that means only the caller knows, who knows what it named: `notFound` when that
 * is not there, `invalid` when these errors are in it. `problem` is what is to be said if it means nothing particular.
 */
export type Refused =
  | { readonly kind: "refused"; readonly as: "notFound"; readonly problem: Problem }
  | {
      readonly kind: "refused";
      readonly as: "invalid";
      readonly errors: readonly KlaviyoFault[];
      readonly problem: Problem;
    };

/** A call that was not made, since there is no slot for it in the account's rate limit before `at`. */
export function noSlotBefore(at: Date): Later {
  const reason = fixedReasons.limitUsedUp;
  return { kind: "later", at, by: "limiter", problem: problem("klaviyoUnavailable", { reason }) };
}

/**
 * What an answer means, or that none came: the one place that decides it. Klaviyo's own texts may hold an email; they
 * stay out.
 */
export function resultOf<Value>(answer: KlaviyoResult<Value>, now: Date): CallResult<Value> {
  if (answer.ok) {
    return { kind: "done", value: answer.value, ignored: answer.ignored };
  }
  const { failure } = answer;
  switch (failure.kind) {
    case "throttled":
      return {
        kind: "later",
        at: new Date(now.getTime() + failure.retryAfterMilliseconds),
        by: "klaviyo",
        problem: problem("klaviyoUnavailable", { reason: fixedReasons.limitReached }),
      };
    case "unavailable":
      return {
        kind: "faulty",
        problem: problem("klaviyoUnavailable", { reason: failure.reason }),
        unreached: failure.unreached === true,
      };
    case "keyRefused":
      return hopeless(problem("keyRefused"));
    case "scopesMissing":
      return hopeless(problem("scopesMissing", { scopes: scopesNamedIn(failure.detail) }));
    case "forbidden":
      return hopeless(problem("klaviyoForbids", { code: failure.code }));
    case "notFound": {
      const reason = fixedReasons.namedMissing;
      return { kind: "refused", as: "notFound", problem: problem("klaviyoRefused", { reason }) };
    }
    case "invalid": {
      const { errors } = failure;
      const reasons = errors.map(({ code, pointer }) => `${code} at ${pointer ?? "/"}`);
      const reason = [...new Set(reasons)].slice(0, 5).join(", ");
      return {
        ...{ kind: "refused", as: "invalid", errors },
        problem: problem("klaviyoRefused", { reason }),
      };
    }
  }
}

/** A person must act, whatever else is tried. */
export function hopeless(reason: Problem): Hopeless {
  return { kind: "hopeless", problem: reason, stopsRun: true };
}

/**
 * The same of a call that was let in by a sign-in's tokens: they were just renewed, so one that is refused has ended,
 * and what it may not do is not mended by a new key.
 */
export function asOfSignIn<Value>(result: CallResult<Value>): CallResult<Value> {
  if (result.kind !== "hopeless") {
    return result;
  }
  switch (result.problem.code) {
    case "keyRefused":
      return hopeless(problem("signInEnded"));
    case "scopesMissing":
      return hopeless(problem("signInScopesMissing", result.problem.params));
    default:
      return result;
  }
}

/** Klaviyo names the missing scopes in its text; only what looks like a scope is taken from it. */
function scopesNamedIn(detail: string): string {
  const scopes = detail.match(/\b[a-z-]+:(?:read|write)\b/g);
  return scopes === null ? "those that exporting needs" : [...new Set(scopes)].join(", ");
}
