import type { MiddlewareObj } from "@middy/core";
import * as z from "zod";
import { roleSchema, type Caller } from "../../shared/domain/identity";
import { DomainError } from "../../shared/domain/problem";
import type { ApiEvent } from "./api-event";

const claimsSchema = z.object({
  authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
});

/**
 * Notes who calls, from the token's claims. The gateway has verified the token; nobody gets here without
 * one unless a route was left unprotected, which is answered as `notAuthenticated`.
 */
export function identifyCaller(rolesClaim: string): MiddlewareObj<ApiEvent> {
  return {
    before: ({ event }) => {
      const caller = readCaller(event.requestContext, rolesClaim);
      event.caller = caller;
      event.log = event.log.with({ userId: caller.userId, role: caller.role });
    },
  };
}

/** Reads the caller from a request's context. Throws `notAuthenticated`, `notPermitted`. */
export function readCaller(requestContext: unknown, rolesClaim: string): Caller {
  const parsed = claimsSchema.safeParse(requestContext);
  const claims = parsed.success ? parsed.data.authorizer.jwt.claims : {};
  const userId = claims["sub"];
  if (typeof userId !== "string" || userId === "") {
    throw new DomainError("notAuthenticated");
  }
  const groups = readGroups(Object.hasOwn(claims, rolesClaim) ? claims[rolesClaim] : undefined);
  // The options are in order of rank: of several roles the highest counts.
  const role = roleSchema.options.find((option) => groups.includes(option));
  if (role === undefined) {
    throw new DomainError("notPermitted", { role: roleSchema.options.join(" or ") });
  }
  return { userId, role };
}

/** An HTTP API hands a claim that is a list over as the text `[one two]`. */
function readGroups(claim: unknown): readonly string[] {
  if (Array.isArray(claim)) {
    return claim.filter((group) => typeof group === "string");
  }
  return typeof claim === "string" ? claim.replace(/^\[|\]$/g, "").split(/[\s,]+/) : [];
}
