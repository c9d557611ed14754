import type { Connection } from "../../domain/connections/connection";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore } from "../../ports";
import type { CallResult, Done, Refused } from "./call-result";
import { noteProblem } from "./connection-findings";
import type { KlaviyoAccess } from "./klaviyo-access";
import type { KlaviyoCalls } from "./klaviyo-client";

export interface AskKlaviyoDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly klaviyo: Pick<KlaviyoAccess, "over">;
  readonly clock: Clock;
}

/** Longest wait for a slot of Klaviyo's rate limit; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 8_000;

/**
 * Asks Klaviyo something for a person who waits. A key that turns out not to work is written on the connection. What
 * a refusal means is for the asker, who knows what the request named. Throws `secretUnreadable`,
 * `ownSecretUnreadable`, `keyRefused`, `scopesMissing`, `klaviyoForbids`, `klaviyoUnavailable`.
 */
export async function askKlaviyo<Value>(
  dependencies: AskKlaviyoDependencies,
  connection: Connection,
  ask: (klaviyo: KlaviyoCalls) => Promise<CallResult<Value>>,
): Promise<Done<Value> | Refused> {
  try {
    const patience = { milliseconds: PATIENCE_MILLISECONDS };
    const result = await ask(await dependencies.klaviyo.over(connection, { patience }));
    switch (result.kind) {
      case "done":
      case "refused":
        return result;
      case "later":
        throw DomainError.until(result.at, result.problem, dependencies.clock.now());
      case "faulty":
      case "hopeless":
        throw DomainError.of(result.problem);
    }
  } catch (error) {
    if (error instanceof DomainError) {
      await noteProblem(dependencies, connection.connectionId, error.problem, "check");
    }
    throw error;
  }
}
