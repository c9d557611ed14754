import type { UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { chunkSchema, type Chunk } from "../../../../domain/runs/chunk";
import {
  isTerminal,
  removalNumbersSchema,
  runNumbersSchema,
  runSchema,
  type RemovalNumbers,
  type Run,
  type RunNumbers,
} from "../../../../domain/runs/run";
import { readStored } from "../stored-items";

/**
 * Items of the runs table: under a `runId`, the run as item `run` and its chunks as `chunk#00001` and on.
 *
 * The run's numbers lie flat beside the other attributes, because DynamoDB's ADD makes a missing number at
 * the top of an item, but none inside a map that is missing. The settled chunks are kept as a set of their
 * numbers, so that a chunk can be counted once; the run's own `settledChunks` is the set's size. While the
 * run has not ended its attribute `open` is {@link OPEN}, then {@link ENDED} until its end is announced; the
 * attribute puts it into the index of open runs. `expiresAt`, in seconds, is when DynamoDB may delete an item.
 * The connection's id lies at the top a second time, for the index by connection.
 */
const RUN_ITEM = "run";
export const OPEN = "open";
export const ENDED = "ended";
export const CHUNK_ITEM_PREFIX = "chunk#";

/** Runs that were made before any were counted have none. */
const countedSoFar = z.number().int().nonnegative().default(0);
const storedRemovalsSchema = z.object({
  leaving: countedSoFar,
  removed: countedSoFar,
  notFound: countedSoFar,
  unremoved: countedSoFar,
});

const storedRunSchema = runSchema
  .omit({ numbers: true, removals: true, settledChunks: true, settledRemovals: true })
  .extend(runNumbersSchema.shape)
  .extend(storedRemovalsSchema.shape)
  .extend({ settledChunkNumbers: z.set(z.number().int().positive()).default(new Set()) });

export function runKey(runId: string): { runId: string; item: string } {
  return { runId, item: RUN_ITEM };
}

/** Padded, so that the chunks of a run are read in their order. */
export function chunkKey(runId: string, chunk: number): { runId: string; item: string } {
  return { runId, item: `${CHUNK_ITEM_PREFIX}${String(chunk).padStart(5, "0")}` };
}

/** The item of a run that has just been made; no chunk has settled. A run may be made as ended already. */
export function newRunItem(run: Run, keptDays: number): Record<string, unknown> {
  const { numbers, removals, settledChunks: _none, settledRemovals: _too, ...rest } = run;
  return {
    ...rest,
    ...numbers,
    ...removals,
    item: RUN_ITEM,
    open: isTerminal(run.status) ? ENDED : OPEN,
    expiresAt: expiryOf(new Date(run.requestedAt), keptDays),
    connectionId: run.settings.connectionId,
  };
}

const DAY_SECONDS = 86_400;

/** DynamoDB's time to live is a number of seconds since 1970. */
export function expiryOf(from: Date, keptDays: number): number {
  return Math.ceil(from.getTime() / 1_000) + keptDays * DAY_SECONDS;
}

/** A run's item as a run. Throws `itemUnreadable`. */
export function readRun(item: unknown): Run {
  return readStored("run", idOf(item), () => parseRun(item));
}

function idOf(item: unknown): string {
  return z.object({ runId: z.string() }).safeParse(item).data?.runId ?? "";
}

/** The same; throws a ZodError. */
export function parseRun(item: unknown): Run {
  const { settledChunkNumbers, ...stored } = storedRunSchema.parse(item);
  return runSchema.parse({
    ...stored,
    numbers: runNumbersSchema.parse(stored),
    removals: removalNumbersSchema.parse(stored),
    settledChunks: settledChunkNumbers.size,
    settledRemovals: [...settledChunkNumbers].filter(
      (chunk) => chunk > (stored.plan?.chunkSizes.length ?? Infinity),
    ).length,
  });
}

/** A chunk's item as a chunk. Throws `itemUnreadable`, whose id is the run's. */
export function readChunk(item: unknown): Chunk {
  return readStored("chunk", idOf(item), () => chunkSchema.parse(item));
}

/** An update of a run, with what must hold of it besides that it has not ended. */
export type RunChange = Pick<UpdateCommandInput, "UpdateExpression"> & {
  condition?: string;
  names?: Record<string, string>;
  values: Record<string, unknown>;
};

/** The parts of an update that sets these of a run's numbers. */
export function setNumbers(numbers: Partial<RunNumbers & RemovalNumbers>): {
  assignments: string[];
  names: Record<string, string>;
  values: Record<string, number>;
} {
  const entries = Object.entries(numbers);
  return {
    assignments: entries.map(([name]) => `#${name} = :${name}`),
    // Some of the names, such as `rows`, are reserved words of DynamoDB's expressions.
    names: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
  };
}
