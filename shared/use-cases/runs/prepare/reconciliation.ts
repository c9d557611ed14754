import type { Export } from "../../../domain/exports/export";
import type { Caller } from "../../../domain/access/identity";
import { DomainError } from "../../../domain/problems/problem";
import { requireAccess } from "../../access/access";

/**
 * Checks that a caller may have an export's list reconciled: read itself, and everybody taken off it who is no
 * member, whoever put them there. Throws `notPermitted`, and `reconcileUpsert` for an export that takes nobody off
 * its list.
 */
export function requireReconcilable(
  caller: Caller,
  { displayName, syncMode }: Pick<Export, "displayName" | "syncMode">,
): void {
  requireAccess(caller, "reconcileList");
  if (syncMode === "upsert") {
    throw new DomainError("reconcileUpsert", { displayName }, "/reconcile");
  }
}
