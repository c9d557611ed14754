import type { Caller } from "../../domain/access/identity";
import { actorsOf, mayBeShown } from "../../domain/access/people";
import type { Log, People } from "../../ports";

export interface PeopleDependencies {
  readonly people: People;
  readonly log: Pick<Log, "warn">;
}

/** Keeps the name of whoever is about to change something. That it can't be kept keeps nobody from it. */
export async function notePerson(
  { people, log }: PeopleDependencies,
  { userId, name }: Caller,
): Promise<void> {
  if (name === undefined) {
    return;
  }
  try {
    await people.note(userId, name);
  } catch (error) {
    log.warn("nameNotKept", { error });
  }
}

/**
 * Things with the names of the users who did something to them, as far as they are known and the caller may see them.
 * Names that can't be read are left out.
 */
async function withPeople<Thing extends object>(
  { people, log }: PeopleDependencies,
  caller: Caller,
  things: readonly Thing[],
): Promise<readonly (Thing & { readonly people?: Readonly<Record<string, string>> })[]> {
  const actors = things.map(actorsOf);
  try {
    const names = await people.namesOf([...new Set(actors.flat())]);
    return things.map((thing, index) => {
      const shown = (actors[index] ?? []).flatMap((userId): [string, string][] => {
        const name = names.get(userId);
        return name === undefined || !mayBeShown(name, caller) ? [] : [[userId, name]];
      });
      return shown.length === 0 ? thing : { ...thing, people: Object.fromEntries(shown) };
    });
  } catch (error) {
    log.warn("namesNotRead", { error });
    return things;
  }
}

/**
 * An answer in which each thing has the names of the users who did something to it; of a page, each of its items. What
 * the route's contract does not show of it is left out afterwards.
 */
export async function withNames(
  dependencies: PeopleDependencies,
  caller: Caller,
  answer: unknown,
): Promise<unknown> {
  if (typeof answer !== "object" || answer === null) {
    return answer;
  }
  if ("items" in answer && Array.isArray(answer.items)) {
    const items: readonly unknown[] = answer.items;
    const things = items.filter((item) => typeof item === "object" && item !== null);
    return things.length === items.length
      ? { ...answer, items: await withPeople(dependencies, caller, things) }
      : answer;
  }
  const [named] = await withPeople(dependencies, caller, [answer]);
  return named;
}
