interface SeedsToPlay {
  readonly first: number;
  readonly count: number;
  /** Answers what went wrong, a sentence each. What it throws is wrong too. */
  readonly play: (seed: number) => Promise<readonly string[]>;
  readonly print: (line: string) => void;
}

/** Plays seed after seed, also after one that went wrong, and says how each went. Answers those that went wrong. */
export async function playSeeds({ first, count, play, print }: SeedsToPlay): Promise<number[]> {
  const failed: number[] = [];
  for (let seed = first; seed < first + count; seed += 1) {
    const began = Date.now();
    const wrong = await play(seed).catch((error: unknown) => [String(error)]);
    const seconds = ((Date.now() - began) / 1_000).toFixed(1);
    print(`seed ${String(seed)}  ${seconds.padStart(5)} s  ${wrong.length === 0 ? "ok" : "WRONG"}`);
    for (const sentence of wrong) print(`    ${sentence}`);
    if (wrong.length > 0) failed.push(seed);
  }
  return failed;
}

/** Says how to repeat what went wrong. Answers the command's exit code. */
export function conclude(failed: readonly number[], print: (line: string) => void): 0 | 1 {
  for (const seed of failed) {
    print(`\nTo repeat: npm run chaos -- --seeds 1 --seed ${String(seed)}`);
  }
  return failed.length === 0 ? 0 : 1;
}
