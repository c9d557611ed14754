import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import type { Need } from "../front/aws-request";
import { matchesAction, type PlacedStatement } from "./evaluate";
import { matchesArn } from "./patterns";
import type { PolicyStatement } from "./policy-document";
import type { TemplateRole } from "./template-policies";

/** One thing that a role is granted: one action on one resource of one statement. */
export interface Grant {
  readonly role: string;
  /** Which statement of the role, and which of its resources: the same whatever the resources are called. */
  readonly position: string;
  readonly sid: string;
  readonly action: string;
  readonly resource: string;
  readonly statement: PolicyStatement;
}

type UsedGrant = Pick<Grant, "role" | "position" | "action">;

/** A call that was refused. */
interface Refusal {
  readonly refused: true;
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Notes which permissions are made use of, and which calls lacked one. */
export interface PermissionUse {
  refused(role: TemplateRole, need: Need): void;
  used(role: TemplateRole, by: readonly PlacedStatement[], need: Need): void;
}

/** The variable that names the directory in which all environments note what is used; unset, none does. */
export const useDirectoryVariable = "PERMISSIONS_USED_IN";

/** What a role is granted, statement by statement. */
export function grantsOf(role: TemplateRole): Grant[] {
  return role.identityPolicies.flatMap(({ statement }, at) =>
    (statement.Action ?? []).flatMap((action) =>
      (statement.Resource ?? []).map((resource, index) => ({
        role: role.logicalId,
        position: `${at}.${index}`,
        sid: statement.Sid ?? "",
        action,
        resource,
        statement,
      })),
    ),
  );
}

/**
 * Appends each to a file of this process when it occurs first, so that nothing is lost when the
 * process is killed.
 *
 * @param directory undefined when nobody wants to know.
 */
export function createPermissionUse(directory: string | undefined): PermissionUse {
  const lines = new Set<string>();
  if (directory === undefined) return { used: () => undefined, refused: () => undefined };
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, `${process.pid}-${Date.now()}.jsonl`);
  const note = (noted: UsedGrant | Refusal): void => {
    const line = `${JSON.stringify(noted)}\n`;
    if (lines.has(line)) return;
    lines.add(line);
    appendFileSync(file, line);
  };
  return {
    refused: ({ logicalId }, { action, resource }) =>
      note({ refused: true, role: logicalId, action, resource }),
    used: (role, by, need) => {
      for (const { role: logicalId, position, action, resource, statement } of grantsOf(role)) {
        if (
          by.some((placed) => placed.statement === statement) &&
          matchesAction(action, need.action) &&
          matchesArn(resource, need.resource, need.context)
        ) {
          note({ role: logicalId, position, action });
        }
      }
    },
  };
}
