import type { AuditEntry, AuditFilter, AuditOutcome } from "../domain/access/audit";
import type { Page, PageRequest } from "../domain/paging/every-page";

/** What happened, for good: entries are added, completed once, and never changed or deleted. */
export interface AuditLog {
  /** Adds an entry; one that is there already stays as it is. */
  add(entry: AuditEntry): Promise<void>;
  /** Completes an entry whose outcome is `unknown`; one that is complete stays as it is. */
  complete(entry: Pick<AuditEntry, "auditId" | "at">, completion: AuditCompletion): Promise<void>;
  /**
   * Newest first unless it is asked for otherwise. A page may be short, or empty, though more follow, when
   * the filter lets few entries through.
   */
  list(
    filter: AuditFilter,
    page: PageRequest,
    order?: { readonly oldestFirst: boolean },
  ): Promise<Page<AuditEntry>>;
}

export interface AuditCompletion
  extends AuditOutcome, Pick<AuditEntry, "target" | "runId" | "before" | "after"> {}
