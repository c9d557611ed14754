import { uniform } from "../../infra/local/klaviyo/faults/seeded-random";

/** A stream of choices that depends on its seed alone. */
export interface Random {
  /** From 0 to 1, without 1. */
  share(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export function createRandom(seed: number, stream: number): Random {
  let drawn = 0;
  const share = (): number => {
    drawn += 1;
    return uniform(seed, stream, drawn);
  };
  const between = (least: number, most: number): number =>
    least + Math.floor(share() * (most - least + 1));
  return {
    share,
    between,
    chance: (probability) => share() < probability,
    pick: (items) => items[between(0, items.length - 1)]!,
  };
}
