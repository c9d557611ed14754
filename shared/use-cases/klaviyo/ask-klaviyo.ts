import type { Connection } from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { EndpointFamily } from "../../domain/klaviyo/rate-limit";
import type {
  Clock,
  ConnectionStore,
  KlaviyoFailure,
  KlaviyoResult,
  RateLimiter,
  SecretStore,
} from "../../ports";
import { noteProblem } from "./connection-findings";
import { pacedCall } from "./paced-call";
import { readApiKey } from "./read-api-key";
import { problemOfFailure } from "./run-destination";

export interface AskKlaviyoDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly secrets: Pick<SecretStore, "read">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

/** Longest wait for a slot of Klaviyo's rate limit; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 8_000;

/** What the asker has to make sense of itself: it knows what the request named. */
export type UnclearFailure = Extract<KlaviyoFailure, { kind: "notFound" | "invalid" }>;

/**
 * Asks Klaviyo something for a person who waits, within the account's rate limit. A key that turns out not
 * to work is written on the connection. Throws `secretUnreadable`, `ownSecretUnreadable`, `keyRefused`,
 * `scopesMissing`, `klaviyoUnavailable`.
 */
export async function askKlaviyo<Value>(
  dependencies: AskKlaviyoDependencies,
  connection: Connection,
  family: EndpointFamily,
  call: (apiKey: string) => Promise<KlaviyoResult<Value>>,
): Promise<{ ok: true; value: Value } | { ok: false; failure: UnclearFailure }> {
  const { secrets, clock } = dependencies;
  try {
    const apiKey = await readApiKey(secrets, connection);
    const deadline = new Date(clock.now().getTime() + PATIENCE_MILLISECONDS);
    const result = await pacedCall(
      dependencies,
      { accountId: connection.account.id, family },
      deadline,
      () => call(apiKey),
    );
    return result.ok ? result : { ok: false, failure: unclearOrThrow(result.failure) };
  } catch (error) {
    if (error instanceof DomainError) {
      await noteProblem(dependencies, connection.connectionId, error.problem, "check");
    }
    throw error;
  }
}

function unclearOrThrow(failure: KlaviyoFailure | { kind: "tooLate" }): UnclearFailure {
  switch (failure.kind) {
    case "notFound":
    case "invalid":
      return failure;
    case "tooLate":
      throw new DomainError("klaviyoUnavailable", { reason: "its rate limit is used up" });
    case "throttled":
    case "unavailable":
    case "keyRefused":
    case "scopesMissing":
    case "forbidden": {
      const { code, params } = problemOfFailure(failure);
      throw new DomainError(code, params);
    }
  }
}
