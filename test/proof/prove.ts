/** One kind of what is random, and how to play a stint of it. */
export interface Player {
  readonly name: string;
  /** Whether all held that was drawn from this seed. */
  readonly play: (seed: number) => Promise<boolean>;
}

export interface Stint {
  readonly name: string;
  readonly seed: number;
}

export interface ProofOptions {
  readonly milliseconds: number;
  /** The first stint's; each that follows has the next. */
  readonly seed: number;
  readonly now: () => number;
  readonly report: (stint: Stint, held: boolean, milliseconds: number) => void;
}

/**
 * Plays stints until the time is up: each time of the kind that has had the least time so far, so that all have
 * about the same. A stint that has begun is played to its end, and each kind has at least one.
 *
 * @returns the stints in which something did not hold.
 */
export async function prove(players: readonly Player[], options: ProofOptions): Promise<Stint[]> {
  const { now, report } = options;
  const began = now();
  const used = new Map<Player, number>();
  const failed: Stint[] = [];
  for (let { seed } = options; ; seed += 1) {
    const [next] = players.toSorted(
      (one, other) => (used.get(one) ?? -1) - (used.get(other) ?? -1),
    );
    if (next === undefined || (used.has(next) && now() - began >= options.milliseconds)) {
      return failed;
    }
    const stint = { name: next.name, seed };
    const start = now();
    const held = await next.play(seed);
    const milliseconds = now() - start;
    used.set(next, (used.get(next) ?? 0) + milliseconds);
    report(stint, held, milliseconds);
    if (!held) {
      failed.push(stint);
    }
  }
}
