/** Things that happen at instants, in their order; those of the same instant in the order of being added. */
export interface EventQueue {
  /** @param at seconds; not before what is happening now. */
  at(at: number, happen: (now: number) => void): void;
  /** Lets everything happen. Returns the instant of the last. */
  run(): number;
}

interface Event {
  readonly at: number;
  readonly order: number;
  readonly happen: (now: number) => void;
}

const isBefore = (one: Event, other: Event): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A binary heap: hundreds of thousands of events lie ahead at a time. */
export function createEventQueue(): EventQueue {
  const heap: Event[] = [];
  let order = 0;
  let now = 0;

  const add = (event: Event): void => {
    let child = heap.push(event) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      heap[child] = above;
      child = parent;
    }
    heap[child] = event;
  };

  const take = (): Event | undefined => {
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || first === last) return first;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      const left = heap[child];
      const right = heap[child + 1];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child += 1;
      const below = heap[child];
      if (below === undefined || !isBefore(below, last)) break;
      heap[parent] = below;
      parent = child;
    }
    heap[parent] = last;
    return first;
  };

  return {
    at: (at, happen) => {
      add({ at: Math.max(at, now), order, happen });
      order += 1;
    },
    run: () => {
      for (let event = take(); event !== undefined; event = take()) {
        now = event.at;
        event.happen(now);
      }
      return now;
    },
  };
}
