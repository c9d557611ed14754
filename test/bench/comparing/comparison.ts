import * as z from "zod";
import { spreadOf, type Spread } from "./spread";

/** Which of the two was measured: the checkout that asks, or the one that it is compared with. */
export type Side = "this" | "other";

/** A row of a bench, as far as it is compared: what every version of the bench prints. */
export const comparedRowSchema = z.object({
  measure: z.string(),
  profiles: z.number().nullable(),
  figure: z.number(),
  unit: z.string(),
});
type ComparedRow = z.infer<typeof comparedRowSchema>;

/** One run of one side's bench. */
export interface SideRun {
  readonly side: Side;
  /** Runs of both sides with the same number were made one after the other. */
  readonly pair: number;
  readonly rows: readonly ComparedRow[];
  /** Seconds of the calibration before and after it, in the middle. */
  readonly calibration: number;
}

/** What one figure came to on both sides. */
export interface Comparison {
  readonly measure: string;
  readonly profiles: number | null;
  readonly unit: string;
  /** Undefined where a side has no such row. */
  readonly figures: Readonly<Record<Side, Spread | undefined>>;
  /** This side's figure by the other's, of each pair: below 1 is less than before. */
  readonly ratio: Spread | undefined;
  /** This side's time by the calibration of the same minutes; for times alone. */
  readonly calibrated: Spread | undefined;
}

/** The sides in the order in which they are measured, A B B A …: what gets slower meanwhile slows both alike. */
export function sidesInTurn(times: number): readonly { side: Side; pair: number }[] {
  return Array.from({ length: times }, (_, pair) => {
    const sides: readonly Side[] = pair % 2 === 0 ? ["this", "other"] : ["other", "this"];
    return sides.map((side) => ({ side, pair }));
  }).flat();
}

const nameOf = ({ measure, profiles, unit }: ComparedRow): string =>
  JSON.stringify([measure, profiles, unit]);

/** What the runs say of each figure, in the order in which they have them. */
export function compareRuns(runs: readonly SideRun[]): readonly Comparison[] {
  const rows = new Map(runs.flatMap((run) => run.rows.map((row) => [nameOf(row), row] as const)));
  return [...rows].map(([name, { measure, profiles, unit }]) => {
    const found = runs.flatMap((run) =>
      run.rows.filter((row) => nameOf(row) === name).map(({ figure }) => ({ ...run, figure })),
    );
    const of = (side: Side) => found.filter((one) => one.side === side);
    const ratios = of("this").flatMap(({ pair, figure }) =>
      of("other")
        .filter((other) => other.pair === pair && other.figure !== 0)
        .map((other) => figure / other.figure),
    );
    return {
      ...{ measure, profiles, unit },
      figures: {
        this: spreadOf(of("this").map(({ figure }) => figure)),
        other: spreadOf(of("other").map(({ figure }) => figure)),
      },
      ratio: spreadOf(ratios),
      calibrated:
        unit === "s"
          ? spreadOf(of("this").map(({ figure, calibration }) => figure / calibration))
          : undefined,
    };
  });
}
