import { problem, DomainError, type Problem } from "../../domain/problems/problem";
import type { Connection } from "../../domain/connections/connection";
import type { Run } from "../../domain/runs/run";
import type { ConnectionStore, KlaviyoFailure, SecretStore } from "../../ports";
import { readApiKey } from "./read-api-key";

/** Where a run sends to: the connection and its key. */
export type RunDestination =
  | { kind: "destination"; connection: Connection; apiKey: string }
  | { kind: "unusable"; problem: Problem };

export type Destination = Extract<RunDestination, { kind: "destination" }>;

/** Finds the connection of a run and reads its key. */
export async function findDestination(
  {
    connections,
    secrets,
  }: { connections: Pick<ConnectionStore, "get">; secrets: Pick<SecretStore, "read"> },
  run: Pick<Run, "settings" | "plan">,
): Promise<RunDestination> {
  const connection = await connections.get(run.settings.connectionId);
  if (connection === undefined) {
    return {
      kind: "unusable",
      problem: problem(run.plan === undefined ? "noConnectionAttached" : "connectionRemoved"),
    };
  }
  try {
    return {
      kind: "destination",
      connection,
      apiKey: await readApiKey(secrets, connection),
    };
  } catch (error) {
    if (error instanceof DomainError) {
      return { kind: "unusable", problem: error.problem };
    }
    throw error;
  }
}

/** What a failed call to Klaviyo means for a person. Klaviyo's own texts may hold an email; they stay out. */
export function problemOfFailure(failure: KlaviyoFailure): Problem {
  switch (failure.kind) {
    case "throttled":
      return problem("klaviyoUnavailable", { reason: "its rate limit was reached" });
    case "unavailable":
      return problem("klaviyoUnavailable", { reason: failure.reason });
    case "keyRefused":
      return problem("keyRefused");
    case "scopesMissing":
      return problem("scopesMissing", { scopes: scopesNamedIn(failure.detail) });
    case "forbidden":
      return problem("klaviyoForbids", { code: failure.code });
    case "notFound":
      return problem("klaviyoRefused", { reason: "what the request names does not exist" });
    case "invalid":
      return problem("klaviyoRefused", {
        reason: [
          ...new Set(failure.errors.map(({ code, pointer }) => `${code} at ${pointer ?? "/"}`)),
        ]
          .slice(0, 5)
          .join(", "),
      });
  }
}

/** Klaviyo names the missing scopes in its text; only what looks like a scope is taken from it. */
function scopesNamedIn(detail: string): string {
  const scopes = detail.match(/\b[a-z-]+:(?:read|write)\b/g);
  return scopes === null ? "those that exporting needs" : [...new Set(scopes)].join(", ");
}
