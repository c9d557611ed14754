/**
 * Runs a task for each item, so many at once. After a failure no further task is begun; those going are
 * waited for, and the failure of the earliest item is thrown.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  task: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const failures: { index: number; error: unknown }[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (failures.length === 0) {
      const index = next;
      const item = items[index];
      if (index >= items.length || item === undefined) {
        return;
      }
      next += 1;
      try {
        await task(item, index);
      } catch (error) {
        failures.push({ index, error });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  const first = failures.toSorted((one, other) => one.index - other.index)[0];
  if (first !== undefined) {
    throw first.error;
  }
}
