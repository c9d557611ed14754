import type { Caller } from "../../../domain/access/identity";
import type { Export } from "../../../domain/exports/export";
import { DomainError } from "../../../domain/problems/problem";
import { toldOptions, type RunOptions } from "../../../domain/runs/run-options";
import { requireAccess } from "../../access/access";

/** Throws what keeps a caller from giving an option of an export's run a value that is not the usual one. */
type Rule = (caller: Caller, found: Export) => void;

/** Undefined: whoever may start the run may give it. */
const rules: Readonly<Record<keyof RunOptions, Rule | undefined>> = {
  mode: undefined,
  allowMassRemoval: undefined,
  reconcile: (caller, { displayName, syncMode }) => {
    requireAccess(caller, "reconcileList");
    if (syncMode === "upsert") {
      throw new DomainError("reconcileUpsert", { displayName }, "/reconcile");
    }
  },
  resubscribe: (caller, { subscription }) => {
    requireAccess(caller, "resubscribe");
    if (subscription === undefined) {
      const reason = "the export does not subscribe its members, so nobody can be subscribed again";
      throw new DomainError("invalidRequest", { reason }, "/resubscribe");
    }
  },
};

/**
 * Checks that a caller may have an export run with these options, or have such a run previewed. Throws `notPermitted`
 * (`reconcile` and `resubscribe` are an administrator's), `reconcileUpsert` on `/reconcile` for an export that takes
 * nobody off its list, and `invalidRequest` on `/resubscribe` for one that subscribes nobody.
 */
export function checkRunOptions(
  caller: Caller,
  found: Export,
  options: Readonly<Partial<RunOptions>>,
): void {
  const told = toldOptions(options);
  for (const [name, rule] of Object.entries(rules)) {
    if (told[name] !== undefined) {
      rule?.(caller, found);
    }
  }
}
