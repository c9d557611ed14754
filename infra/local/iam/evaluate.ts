import type { Need } from "../front/aws-request";
import { conditionsHold } from "./conditions";
import { matchesArn, matchesPattern } from "./patterns";
import type { PolicyStatement } from "./policy-document";

/** A statement, and where it stands. */
export interface PlacedStatement {
  readonly policy: "identity-based" | "resource-based";
  readonly statement: PolicyStatement;
}

export type Decision =
  /** With all statements that allow it: each would do. */
  | { readonly kind: "allowed"; readonly by: readonly PlacedStatement[] }
  | { readonly kind: "denied"; readonly explicitly: PlacedStatement | undefined };

/** Whom resource policies and trust policies name. */
export interface Principal {
  /** Of the role, and of its session. Empty for a service. */
  readonly arns: readonly string[];
  /** Undefined unless a service calls. */
  readonly service?: string | undefined;
}

/**
 * Decides whether a principal may do something, as IAM does within one account: a Deny anywhere decides;
 * else an Allow of any policy is enough; without one it is refused.
 */
export function evaluate(
  statements: readonly PlacedStatement[],
  principal: Principal,
  need: Need,
): Decision {
  const applying = statements.filter((placed) => applies(placed, principal, need));
  const deny = applying.find(({ statement }) => statement.Effect === "Deny");
  if (deny !== undefined) return { kind: "denied", explicitly: deny };
  const by = applying.filter(({ statement }) => statement.Effect === "Allow");
  return by.length > 0 ? { kind: "allowed", by } : { kind: "denied", explicitly: undefined };
}

function applies(
  { policy, statement }: PlacedStatement,
  principal: Principal,
  need: Need,
): boolean {
  return (
    (policy === "identity-based" || namesPrincipal(statement, principal)) &&
    namesAction(statement, need.action) &&
    namesResource(statement, need) &&
    conditionsHold(statement.Condition, need.context)
  );
}

function namesPrincipal({ Principal: named }: PolicyStatement, principal: Principal): boolean {
  if (named === undefined) return false;
  if (principal.service !== undefined && named.Service?.includes(principal.service) === true) {
    return true;
  }
  return (named.AWS ?? []).some((arn) => arn === "*" || principal.arns.includes(arn));
}

function namesAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const isNamed = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesAction(pattern, action));
  return Action === undefined ? !isNamed(NotAction ?? []) : isNamed(Action);
}

/** Actions are the same in any case of letters. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesPattern(pattern.toLowerCase(), action.toLowerCase(), {});
}

function namesResource({ Resource, NotResource }: PolicyStatement, need: Need): boolean {
  const isNamed = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesArn(pattern, need.resource, need.context));
  if (Resource !== undefined) return isNamed(Resource);
  // A trust policy names no resource: it stands at the role that it is about.
  return NotResource === undefined || !isNamed(NotResource);
}
