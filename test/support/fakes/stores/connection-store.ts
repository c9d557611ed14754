import type { Connection } from "../../../../shared/domain/connections/connection";
import { DomainError } from "../../../../shared/domain/problems/problem";
import type { ConnectionStore } from "../../../../shared/ports";
import { pageOf } from "./paging";

export function fakeConnectionStore(
  ...given: Connection[]
): ConnectionStore & { readonly stored: Map<string, Connection> } {
  const stored = new Map(given.map((connection) => [connection.connectionId, connection]));
  const leases = new Map<string, { holder: string; until: Date }>();
  const key = (name: string): string => name.trim().normalize("NFC").toLowerCase();
  return {
    stored,
    async create(connection) {
      const { displayName } = connection;
      if ([...stored.values()].some((other) => key(other.displayName) === key(displayName))) {
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
      stored.set(connection.connectionId, connection);
    },
    get: async (connectionId) => stored.get(connectionId),
    list: async (page) => pageOf([...stored.values()], (item) => item.connectionId, page),
    async update(changed, expectedVersion) {
      const { connectionId, displayName } = changed;
      const before = stored.get(connectionId);
      if (before?.version !== expectedVersion) {
        return false;
      }
      const others = [...stored.values()].filter((other) => other.connectionId !== connectionId);
      if (others.some((other) => key(other.displayName) === key(displayName))) {
        throw new DomainError("displayNameTaken", { displayName }, "/displayName");
      }
      const { keyFinding, account, scopes, revision, lastUsedAt } = before;
      stored.set(connectionId, {
        ...changed,
        ...{ keyFinding, account, scopes, revision },
        ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
      });
      return true;
    },
    async noteFinding(connectionId, found) {
      const before = stored.get(connectionId);
      if (before !== undefined) {
        stored.set(connectionId, { ...before, ...found });
      }
    },
    async holdSecret(connectionId, holder, { now, until }) {
      const lease = leases.get(connectionId);
      const isFree = lease === undefined || lease.holder === holder || lease.until < now;
      if (!stored.has(connectionId) || !isFree) {
        return false;
      }
      leases.set(connectionId, { holder, until });
      return true;
    },
    async releaseSecret(connectionId, holder) {
      if (leases.get(connectionId)?.holder === holder) {
        leases.delete(connectionId);
      }
    },
    async delete(connectionId) {
      stored.delete(connectionId);
    },
  };
}
