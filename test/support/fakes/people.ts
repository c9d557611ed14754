import type { People } from "../../../shared/ports";

export function fakePeople(names: Record<string, string> = {}): People & {
  readonly stored: ReadonlyMap<string, string>;
} {
  const stored = new Map(Object.entries(names));
  return {
    stored,
    note: async (userId, name) => {
      stored.set(userId, name);
    },
    namesOf: async (userIds) =>
      new Map(
        userIds.flatMap((userId): [string, string][] => {
          const name = stored.get(userId);
          return name === undefined ? [] : [[userId, name]];
        }),
      ),
  };
}
