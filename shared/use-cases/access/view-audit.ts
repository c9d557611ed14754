import type { AuditEntry, AuditFilter } from "../../domain/access/audit";
import type { Caller } from "../../domain/access/identity";
import type { AuditLog, Page, PageRequest } from "../../ports";
import { requireAccess } from "./access";

/** Lists what happened, newest first unless it is asked for otherwise. Throws `notPermitted`. */
export async function listAudit(
  { audit }: { audit: Pick<AuditLog, "list"> },
  {
    caller,
    filter,
    sort,
    page,
  }: { caller: Caller; filter: AuditFilter; sort?: "at" | "-at" | undefined; page: PageRequest },
): Promise<Page<AuditEntry>> {
  requireAccess(caller, "viewAudit");
  return audit.list(filter, page, { oldestFirst: sort === "at" });
}
