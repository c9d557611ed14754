import { monotonicFactory } from "ulid";
import type { IdGenerator } from "../ports";

/** ULIDs: 26 letters and digits that sort by the time they were made. */
export function createUlidGenerator(): IdGenerator {
  const next = monotonicFactory();
  return { next: () => next() };
}
