import * as z from "zod";
import { isTerminal, removalNumbersSchema, runNumbersSchema, runSchema, type Run } from "../run";

/**
 * A run as it is stored. Its numbers lie flat beside the other attributes, so that what became of a chunk can be
 * added to them; the settled chunks are kept as a set of their numbers, so that a chunk is counted once.
 *
 * While the run has not ended `open` is {@link OPEN}, then {@link ENDED} until its end is announced, and after that it
 * is absent.
 */
export const runRecordSchema = runSchema
  .omit({
    numbers: true,
    removals: true,
    settledChunks: true,
    settledRemovals: true,
    announced: true,
  })
  .extend(runNumbersSchema.shape)
  // Runs that were made before any were counted have none.
  .extend(withDefaults(removalNumbersSchema.shape))
  .extend({
    settledChunkNumbers: z.set(z.number().int().positive()).optional(),
    open: z.enum(["open", "ended"]).optional(),
    /** Until when (milliseconds since 1970) a worker announces its end. */
    announcing: z.number().optional(),
  });
export type RunRecord = z.infer<typeof runRecordSchema>;

export const OPEN = "open";
export const ENDED = "ended";

function withDefaults(shape: typeof removalNumbersSchema.shape) {
  return {
    leaving: shape.leaving.default(0),
    removed: shape.removed.default(0),
    notFound: shape.notFound.default(0),
    unremoved: shape.unremoved.default(0),
  };
}

/** The record of a run. Throws a ZodError for what can't be read. */
export function readRecord(item: unknown): Run {
  return runOf(runRecordSchema.parse(item));
}

/** The run that a record is of. */
export function runOf({ settledChunkNumbers, open, announcing: _by, ...record }: RunRecord): Run {
  const { rows, blank, invalid, duplicates, members, unchanged, ...others } = record;
  const { imported, refused, unsent, leaving, removed, notFound, unremoved, ...run } = others;
  const settled = [...(settledChunkNumbers ?? [])];
  const toImport = run.plan?.chunkSizes.length ?? Infinity;
  return {
    ...run,
    numbers: {
      ...{ rows, blank, invalid, duplicates, members, unchanged },
      ...{ imported, refused, unsent },
    },
    removals: { leaving, removed, notFound, unremoved },
    settledChunks: settled.length,
    settledRemovals: settled.filter((chunk) => chunk > toImport).length,
    ...(open === undefined ? { announced: true } : {}),
  };
}

/** The record of a run that is made now, which may have ended already. No chunk of it has settled. */
export function newRecord(run: Run): RunRecord {
  const {
    numbers,
    removals,
    settledChunks: _none,
    settledRemovals: _too,
    announced: _not,
    ...rest
  } = run;
  return { ...rest, ...numbers, ...removals, open: isTerminal(run.status) ? ENDED : OPEN };
}
