import type { MiddlewareObj } from "@middy/core";
import * as z from "zod";
import { roleSchema, type Caller } from "../../shared/domain/access/identity";
import { DomainError } from "../../shared/domain/problems/problem";
import { roleOf, type TokenRules } from "../../shared/domain/access/token-rules";
import { hidesCharacters } from "../../shared/domain/text/plain-text";
import { accessTokenClaims, own, type Claims } from "./access-token";
import type { ApiEvent } from "./api-event";

const contextSchema = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});

/**
 * Notes who calls, from the access token. The gateway has verified it; nobody gets here without one unless a
 * route was left unprotected, which is answered as `notAuthenticated`.
 */
export function identifyCaller(rules: TokenRules): MiddlewareObj<ApiEvent> {
  return {
    before: ({ event }) => {
      const caller = readCaller(event, rules);
      event.caller = caller;
      event.log = event.log.with({ userId: caller.userId, role: caller.role });
    },
  };
}

/** Reads the caller of a request. Throws `notAuthenticated`, `notPermitted`. */
export function readCaller(
  { headers, requestContext }: Pick<ApiEvent, "headers" | "requestContext">,
  rules: TokenRules,
): Caller {
  const context = contextSchema.safeParse(requestContext);
  const claims = context.success
    ? accessTokenClaims(headers["authorization"], context.data.authorizer.jwt.claims, rules)
    : undefined;
  const userId = claims === undefined ? undefined : own(claims, "sub");
  if (claims === undefined || typeof userId !== "string" || userId === "") {
    throw new DomainError("notAuthenticated");
  }
  const role = roleOf(groupsOf(own(claims, rules.rolesClaim)), rules.groups);
  if (role === undefined) {
    throw new DomainError("notPermitted", { role: roleSchema.options.join(" or ") });
  }
  const name = nameIn(claims, userId);
  return { userId, role, name };
}

/** Claims that name a person, the best first (OpenID Connect Core 1.0, 5.1; `username` is Cognito's). */
const NAMES = ["name", "preferred_username", "username"] as const;
const longestName = 200;

/** What people are called in a token; Cognito's user name is nothing but the user's id where they sign in by email. */
function nameIn(claims: Claims, userId: string): string | undefined {
  return NAMES.map((claim) => own(claims, claim))
    .filter((name) => typeof name === "string")
    .map((name) => name.trim())
    .find(
      (name) =>
        name !== "" && name !== userId && name.length <= longestName && !hidesCharacters(name),
    );
}

/** Some issuers write a single group as a text instead of as a list of one. */
function groupsOf(claim: unknown): ReadonlySet<string> {
  const groups: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return new Set(groups.filter((group) => typeof group === "string"));
}
