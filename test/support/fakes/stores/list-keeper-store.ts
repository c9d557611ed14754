import type { ListKeepers } from "../../../../shared/domain/exports/list-keepers";
import type { ListKeeperStore } from "../../../../shared/ports";

export function fakeListKeeperStore(): ListKeeperStore {
  const stored = new Map<string, ListKeepers>();
  const keyOf = (accountId: string, listId: string): string => `${accountId}/${listId}`;
  const get = (key: string): ListKeepers => stored.get(key) ?? { revision: 0, keepers: {} };
  return {
    get: async (accountId, listId) => get(keyOf(accountId, listId)),
    async put(accountId, listId, keepers, expected) {
      const key = keyOf(accountId, listId);
      if (get(key).revision !== expected) {
        return false;
      }
      stored.set(key, { revision: expected + 1, keepers });
      return true;
    },
  };
}
