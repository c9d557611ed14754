import * as z from "zod";

/** What an aim bounds from above, or wants to be just so. */
const aimSchema = z.discriminatedUnion("of", [
  z.object({ of: z.literal("figure"), atMost: z.number() }),
  z.object({ of: z.literal("ratio"), atMost: z.number() }),
  z.object({ of: z.literal("count"), exactly: z.number() }),
]);
export type BenchAim = z.infer<typeof aimSchema>;

/** One figure of the bench. */
const benchRowSchema = z.object({
  measure: z.string().min(1),
  /** Of how many profiles; null where it does not depend on them. */
  profiles: z.number().int().positive().nullable(),
  figure: z.number(),
  /** As it is printed behind figure, floor and aim; empty for a mere number. */
  unit: z.string(),
  /** The best that Klaviyo's limits allow, or what the figure is to be compared with. */
  floor: z.number().nullable(),
  /** figure / floor. */
  ratio: z.number().nullable(),
  aim: aimSchema.nullable(),
  /** Whether the aim is reached; null without one. */
  met: z.boolean().nullable(),
});
export type BenchRow = z.infer<typeof benchRowSchema>;

/** A table that a measure prints beside its rows. */
const detailTableSchema = z.object({
  title: z.string(),
  headers: z.array(z.string()),
  rows: z.array(z.array(z.string())),
});
export type DetailTable = z.infer<typeof detailTableSchema>;

/** What `npm run bench -- --json` prints. */
export const benchReportSchema = z.object({
  measuredAt: z.iso.datetime(),
  machine: z.object({
    processors: z.number().int().positive(),
    memoryGigabytes: z.number(),
    /** The load of the last minute when the bench began: near 0 on an idle machine. */
    loadBefore: z.number(),
    node: z.string(),
  }),
  rows: z.array(benchRowSchema),
  details: z.array(detailTableSchema),
  notes: z.array(z.string()),
  /** What `npm run simulate -- --service-times FILE` reads; left out when no whole run was measured. */
  serviceTimes: z.record(z.string(), z.number()).optional(),
});
export type BenchReport = z.infer<typeof benchReportSchema>;

/** A row with its ratio and whether its aim is reached. */
export function benchRow(
  given: Pick<BenchRow, "measure" | "figure"> &
    Partial<Pick<BenchRow, "profiles" | "unit" | "floor" | "aim">>,
): BenchRow {
  const { measure, figure, profiles = null, unit = "", floor = null, aim = null } = given;
  const ratio = floor === null || floor === 0 ? null : figure / floor;
  return { measure, profiles, figure, unit, floor, ratio, aim, met: isMet(aim, figure, ratio) };
}

function isMet(aim: BenchAim | null, figure: number, ratio: number | null): boolean | null {
  switch (aim?.of) {
    case undefined:
      return null;
    case "figure":
      return figure <= aim.atMost;
    case "ratio":
      return ratio === null ? null : ratio <= aim.atMost;
    case "count":
      return figure === aim.exactly;
  }
}
