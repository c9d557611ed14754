import { actionsOf, type GrantedActions } from "../../domain/access/access-table";
import type { Caller } from "../../domain/access/identity";
import { requireAccess } from "./access";

/** Who somebody is to this system. */
export interface CallerView extends Caller {
  readonly stage: string;
  readonly actions: GrantedActions;
}

/** Tells a caller who they are and what they may do, so that nobody is offered what would be refused. */
export function viewCaller({ stage }: { readonly stage: string }, caller: Caller): CallerView {
  requireAccess(caller, "viewCaller");
  return { ...caller, stage, actions: actionsOf(caller.role) };
}
