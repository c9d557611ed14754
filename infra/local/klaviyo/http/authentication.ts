import type { Simulation } from "../simulation";
import type { Account } from "../state/accounts";
import { ApiFailure } from "./errors";
import type { Scope } from "./operations";
import type { RateLimiter } from "./rate-limits";

export interface Caller {
  readonly account: Account;
  readonly scopes: readonly Scope[];
  /** An app's calls count apart from those with the account's keys. */
  readonly limiter: RateLimiter;
}

const SCHEME = "Klaviyo-API-Key";

/**
 * Finds the account behind an `Authorization` header.
 *
 * @throws ApiFailure 401, as recorded: no rate-limit headers, and what is expected
 */
export function authenticate(
  header: string | undefined,
  { accounts, grants, now }: Pick<Simulation, "accounts" | "grants" | "now">,
): Caller {
  if (header === undefined) throw notAuthenticated("Missing or invalid private key.");
  const [scheme = "", key = ""] = header.trim().split(/\s+/, 2);
  if (scheme === "Bearer") {
    const grant = grants.authenticate(key, now());
    if (grant !== undefined) {
      const { account, scopes } = grant;
      return { account, scopes, limiter: account.appLimiter };
    }
    throw refused(
      "authentication_failed",
      "Incorrect authentication credentials.",
      "Incorrect authentication credentials.",
    );
  }
  if (scheme !== SCHEME) {
    throw notAuthenticated(`Missing or invalid authorization scheme. Please use ${SCHEME}.`);
  }
  const found = accounts.authenticate(key);
  if (found === undefined) throw notAuthenticated("Missing or invalid private key.");
  const { account, key: used } = found;
  return { account, scopes: used.scopes, limiter: account.limiter };
}

/** @throws ApiFailure 403 that names the missing scopes */
export function requireScopes(caller: Caller, needed: readonly Scope[]): void {
  const missing = needed.filter((scope) => !caller.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new ApiFailure(403, [
    {
      code: "permission_denied",
      title: "You do not have permission to perform this action.",
      detail: `Your API key is missing required scopes: ${missing.join(", ")}`,
      source: { pointer: "/data/" },
    },
  ]);
}

function notAuthenticated(detail: string): ApiFailure {
  return refused("not_authenticated", "Authentication credentials were not provided.", detail);
}

function refused(code: string, title: string, detail: string): ApiFailure {
  return new ApiFailure(401, [{ code, title, detail, source: { pointer: "/data/" } }], {
    "Www-Authenticate": `Bearer, ${SCHEME}`,
  });
}
