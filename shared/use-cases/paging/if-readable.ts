import { DomainError } from "../../domain/problems/problem";

/** What is asked for, or undefined when it is there and this version can't read it. */
export async function ifReadable<Item>(
  get: () => Promise<Item | undefined>,
): Promise<Item | undefined> {
  try {
    return await get();
  } catch (error) {
    if (error instanceof DomainError && error.problem.code === "itemUnreadable") {
      return undefined;
    }
    throw error;
  }
}
