interface Waiter<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Has what is asked for while an item is being written served by the item's next write, all of it together. Of each
 * key one write is under way at a time, in this process.
 *
 * @param serve answers in the order of what was asked; when it throws, so do all that it was asked for
 * @param chosen those that are served next of those that wait, of which there is one at least. @default all of them
 */
export function servedTogether<Ask, Answer>(
  serve: (key: string, asks: readonly Ask[]) => Promise<readonly Answer[]>,
  chosen: (asks: readonly Ask[]) => readonly Ask[] = (asks) => asks,
): (key: string, ask: Ask) => Promise<Answer> {
  const waitersByKey = new Map<string, readonly Waiter<Ask, Answer>[]>();

  async function serveAll(key: string): Promise<void> {
    for (;;) {
      const waiting = waitersByKey.get(key) ?? [];
      if (waiting.length === 0) {
        waitersByKey.delete(key);
        return;
      }
      const next = new Set(chosen(waiting.map(({ ask }) => ask)));
      const served = waiting.filter(({ ask }) => next.has(ask));
      waitersByKey.set(
        key,
        waiting.filter(({ ask }) => !next.has(ask)),
      );
      try {
        const answers = await serve(
          key,
          served.map(({ ask }) => ask),
        );
        answers.forEach((answer, index) => served[index]?.resolve(answer));
      } catch (error) {
        served.forEach(({ reject }) => {
          reject(error);
        });
      }
    }
  }

  return (key, ask) =>
    new Promise((resolve, reject) => {
      const waiting = waitersByKey.get(key);
      waitersByKey.set(key, [...(waiting ?? []), { ask, resolve, reject }]);
      if (waiting === undefined) {
        void serveAll(key);
      }
    });
}
