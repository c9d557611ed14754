import type { BenchRow, DetailTable } from "./json";
import type { WholeRun } from "./whole-run";

/** What the bench was asked for, and what its measures share. */
export interface BenchContext {
  /** Numbers of profiles, rising. */
  readonly sizes: readonly number[];
  /** The run of a size; measured once, however many measures ask. */
  readonly wholeRun: (profiles: number) => Promise<WholeRun>;
  /** The same, of functions that have been started before. */
  readonly warmRun: (profiles: number) => Promise<WholeRun>;
  /** Says what is being done, to whoever waits. */
  readonly progress: (text: string) => void;
}

export interface Measured {
  readonly rows: readonly BenchRow[];
  readonly details?: readonly DetailTable[];
  /** What a reader of the figures has to know. */
  readonly notes?: readonly string[];
}

/** One thing that is measured; each has a file in measures/ and is named in measures/index.ts. */
export interface Measure {
  /** As `--only` takes it. */
  readonly name: string;
  readonly description: string;
  /** Left out of a bench that names no measures, since it takes long. */
  readonly onRequest?: true;
  readonly measure: (context: BenchContext) => Promise<Measured>;
}
