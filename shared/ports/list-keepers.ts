import type { ListKeepers } from "../domain/exports/list-keepers";

/** Keeps which exports have been let onto a list; a part of the ports. */
export interface ListKeeperStore {
  /** What is stored now, never a copy that lags behind. */
  get(accountId: string, listId: string): Promise<ListKeepers>;
  /** Stores the keepers if the stored revision is still `expected`, as `expected + 1`; returns false otherwise. */
  put(
    accountId: string,
    listId: string,
    keepers: ListKeepers["keepers"],
    expected: number,
  ): Promise<boolean>;
}
