import * as z from "zod";
import { chunkSchema, type Chunk } from "../../../../domain/runs/chunk";
import { newRecord, readRecord } from "../../../../domain/runs/lifecycle/run-record";
import type { Run } from "../../../../domain/runs/run";
import { toldOptions } from "../../../../domain/runs/run-options";
import { readStored } from "../stored-items";

/**
 * Items of the runs table: under a `runId`, the run's record as item `run` and its chunks as `chunk#00001` and on.
 *
 * The record's `open` puts it into the index of open runs. `expiresAt`, in seconds, is when DynamoDB may delete an
 * item. The connection's id lies at the top a second time, for the index by connection.
 */
const RUN_ITEM = "run";
export const CHUNK_ITEM_PREFIX = "chunk#";

export function runKey(runId: string): { runId: string; item: string } {
  return { runId, item: RUN_ITEM };
}

/** Padded, so that the chunks of a run are read in their order. */
export function chunkKey(runId: string, chunk: number): { runId: string; item: string } {
  return { runId, item: `${CHUNK_ITEM_PREFIX}${String(chunk).padStart(5, "0")}` };
}

/** The item of a run that has just been made; no chunk has settled. A run may be made as ended already. */
export function newRunItem(run: Run, keptDays: number): Record<string, unknown> {
  return {
    ...newRecord(run),
    ...toldOptions(run),
    item: RUN_ITEM,
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
  return readStored("run", idOf(item), () => readRecord(item));
}

/** A chunk's item as a chunk. Throws `itemUnreadable`, whose id is the run's. */
export function readChunk(item: unknown): Chunk {
  return readStored("chunk", idOf(item), () => chunkSchema.parse(item));
}

function idOf(item: unknown): string {
  return z.object({ runId: z.string() }).safeParse(item).data?.runId ?? "";
}
