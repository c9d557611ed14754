export interface IdGenerator {
  /** Ids sort by the time they were made, and need no escaping in paths. */
  next(): string;
}
