import type { AuditEntry } from "../../../../shared/domain/access/audit";
import type { AuditLog } from "../../../../shared/ports";
import { pageOf } from "./paging";

export function fakeAuditLog(
  ...given: AuditEntry[]
): AuditLog & { readonly stored: Map<string, AuditEntry> } {
  const key = ({ at, auditId }: Pick<AuditEntry, "at" | "auditId">): string => `${at}#${auditId}`;
  const stored = new Map(given.map((entry) => [key(entry), entry]));
  return {
    stored,
    async add(entry) {
      if (!stored.has(key(entry))) {
        stored.set(key(entry), entry);
      }
    },
    async complete(entry, completion) {
      const before = stored.get(key(entry));
      if (before?.outcome === "unknown") {
        stored.set(key(entry), { ...before, ...completion });
      }
    },
    async list({ actor, target, action, outcome, from, until }, page, order) {
      const entries = [...stored.values()]
        .filter(
          (entry) =>
            (actor === undefined || entry.actor.userId === actor) &&
            (target === undefined || entry.target?.id === target) &&
            (action === undefined || entry.action === action) &&
            (outcome === undefined || entry.outcome === outcome) &&
            (from === undefined || entry.at >= from.toISOString()) &&
            (until === undefined || entry.at < until.toISOString()),
        )
        .sort((one, other) => (key(one) < key(other) ? 1 : -1));
      if (order?.oldestFirst === true) {
        entries.reverse();
      }
      return pageOf(entries, key, page);
    },
  };
}
