/** The least, the middle one and the greatest of several figures. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** Undefined for no figures. */
export function spreadOf(figures: readonly number[]): Spread | undefined {
  const sorted = figures.toSorted((one, other) => one - other);
  const [least] = sorted;
  const most = sorted.at(-1);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return least === undefined || most === undefined || upper === undefined || lower === undefined
    ? undefined
    : { least, median: (lower + upper) / 2, most };
}
