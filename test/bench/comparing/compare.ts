import os from "node:os";
import path from "node:path";
import { benchOf, type Asked } from "./bench-of";
import { calibrate } from "./calibration";
import { checkOut } from "./checkout";
import { compareRuns, sidesInTurn, type Comparison, type SideRun } from "./comparison";
import { spreadOf, type Spread } from "./spread";

const project = path.resolve(__dirname, "../../..");

/** What came of comparing two checkouts. */
export interface ComparisonReport {
  readonly commit: string;
  readonly times: number;
  readonly loadBefore: number;
  /** Seconds of the calibrations between the runs. */
  readonly calibration: Spread | undefined;
  readonly rows: readonly Comparison[];
  /** What a side could not measure. */
  readonly notes: readonly string[];
}

/** Measures this checkout and another commit in turn, each so many times, with a calibration between. */
export async function compare(
  ref: string,
  { times, progress, ...asked }: Asked & { times: number; progress: (text: string) => void },
): Promise<ComparisonReport> {
  const [loadBefore = 0] = os.loadavg();
  progress(`checking out ${ref} and installing its packages`);
  const other = await checkOut(ref, project);
  const interrupted = (): void => {
    void other.remove().finally(() => process.exit(130));
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    const directories = { this: project, other: other.directory };
    const names = { this: "this checkout", other: ref };
    const runs: SideRun[] = [];
    const notes = new Set<string>();
    const calibrations = [await calibrate()];
    for (const { side, pair } of sidesInTurn(times)) {
      progress(`${names[side]}, ${String(pair + 1)} of ${String(times)}`);
      const { rows, lacks } = await benchOf(directories[side], asked);
      for (const what of lacks) notes.add(`${names[side]} lacks ${what}; its rows are left out.`);
      const before = calibrations.at(-1) ?? 0;
      const after = await calibrate();
      calibrations.push(after);
      runs.push({ side, pair, rows, calibration: (before + after) / 2 });
    }
    return {
      ...{ commit: other.commit, times, loadBefore },
      calibration: spreadOf(calibrations),
      rows: compareRuns(runs),
      notes: [...notes],
    };
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await other.remove();
  }
}
