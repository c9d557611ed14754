import type { Query, QueryClient } from "@tanstack/react-query";

/**
 * Has a query that failed stay so until it succeeds. TanStack takes each further try for a first one while there are no
 * data, so that a page would change between why it failed and its outline with each of them.
 */
export function keepErrors(queries: QueryClient): void {
  const errors = new WeakMap<Query, Error>();
  const cache = queries.getQueryCache();
  cache.subscribe((event) => {
    const query = cache.get(event.query.queryHash);
    if (query === undefined || event.type !== "updated") {
      return;
    }
    const { data, error } = query.state;
    const before = errors.get(query);
    if (error !== null) {
      errors.set(query, error);
    } else if (data !== undefined) {
      errors.delete(query);
    } else if (event.action.type === "fetch" && before !== undefined) {
      query.setState({ status: "error", error: before });
    }
  });
}
