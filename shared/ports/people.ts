/** The names of users, as their tokens last had them when they did something. */
export interface People {
  /** Keeps a user's name, if it is not the one that is kept. */
  note(userId: string, name: string): Promise<void>;
  /** The names of those of the users whose name is known; up to some minutes old. */
  namesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
