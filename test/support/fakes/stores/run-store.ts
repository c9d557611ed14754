import { createRunLives } from "../../../../shared/adapters/aws/dynamodb/runs/run-lives";
import { chunkSchema, type Chunk } from "../../../../shared/domain/runs/chunk";
import type { Leads } from "../../../../shared/domain/runs/lifecycle/change";
import {
  newRecord,
  runOf,
  runRecordSchema,
  type RunRecord,
} from "../../../../shared/domain/runs/lifecycle/run-record";
import { stateOf } from "../../../../shared/domain/runs/lifecycle/run-state";
import type { RunChange } from "../../../../shared/domain/runs/lifecycle/run-transitions";
import { isTerminal, type Run } from "../../../../shared/domain/runs/run";
import type { RunStore } from "../../../../shared/ports";
import { appliedChange } from "./applied-change";
import { pageOf } from "./paging";

/**
 * Runs and chunks in memory, changed by the tables of their transitions. A change that ends in a state that its
 * transition does not lead to is thrown: whatever a test does with runs, each write is one of their transitions.
 */
export function fakeRunStore(...given: Run[]): RunStore & {
  readonly stored: Map<string, Run>;
  readonly chunks: Map<string, Chunk>;
} {
  const records = new Map(given.map((run) => [run.runId, recordOf(run)]));
  const stored = new Map(given.map((run) => [run.runId, run]));
  const chunks = new Map<string, Chunk>();
  const isUnannounced = (run: Run): boolean => stateOf(run).kind === "ended";
  const byMove = (one: Run, other: Run): number => (one.movedAt < other.movedAt ? -1 : 1);
  const chunkKey = (runId: string, chunk: number): string => `${runId}/${chunk}`;
  const keep = (record: RunRecord): Run => {
    const run = runOf(record);
    records.set(run.runId, record);
    stored.set(run.runId, run);
    return run;
  };

  function changedRun(runId: string, change: RunChange): Run | undefined {
    const before = records.get(runId);
    const after = before === undefined ? undefined : appliedChange(before, change);
    if (before === undefined || after === undefined) {
      return undefined;
    }
    const record = runRecordSchema.parse(after);
    requireLead(change, stateOf(runOf(before)).kind, stateOf(runOf(record)).kind);
    return keep(record);
  }

  const lives = createRunLives({
    readRun: async (runId) => stored.get(runId),
    changeRun: async (runId, change) => changedRun(runId, change) !== undefined,
    changedRun: async (runId, change) => changedRun(runId, change),
    readChunk: async (runId, chunk) => chunks.get(chunkKey(runId, chunk)),
    async changedChunk(runId, chunk, change) {
      const before = chunks.get(chunkKey(runId, chunk));
      const after = appliedChange(before ?? {}, change);
      if (after === undefined) {
        return undefined;
      }
      const changed = chunkSchema.parse({ runId, chunk, ...after });
      requireLead(change, before?.state ?? "untaken", changed.state);
      chunks.set(chunkKey(runId, chunk), changed);
      return changed;
    },
  });

  return {
    ...lives,
    stored,
    chunks,
    async create(run) {
      if (records.has(run.runId)) {
        return false;
      }
      keep(newRecord(run));
      return true;
    },
    get: async (runId) => stored.get(runId),
    getMany: async (runIds) => [...new Set(runIds)].flatMap((runId) => stored.get(runId) ?? []),
    async list(
      page,
      { exportId, connectionId, status, trigger, mode, from, until, oldestFirst } = {},
    ) {
      const runs = [...stored.values()]
        .filter(
          (run) =>
            (exportId === undefined || run.exportId === exportId) &&
            (connectionId === undefined || run.settings.connectionId === connectionId) &&
            (status === undefined || run.status === status) &&
            (trigger === undefined || run.trigger === trigger) &&
            (mode === undefined || run.mode === mode) &&
            (from === undefined || run.requestedAt >= from.toISOString()) &&
            (until === undefined || run.requestedAt < until.toISOString()),
        )
        .sort((one, other) => (one.requestedAt < other.requestedAt ? 1 : -1));
      if (oldestFirst === true) {
        runs.reverse();
      }
      return pageOf(runs, (run) => run.runId, page);
    },
    async listByExport(exportId, page, selection = {}) {
      return this.list(page, { ...selection, exportId });
    },
    async listByConnection(connectionId, page) {
      const runs = [...stored.values()]
        .filter((run) => run.settings.connectionId === connectionId)
        .sort((one, other) => (one.requestedAt < other.requestedAt ? 1 : -1))
        .map(({ runId, exportId }) => ({ runId, exportId }));
      return pageOf(runs, ({ runId }) => runId, page);
    },
    async listOpen(page) {
      const runs = [...stored.values()].filter((run) => !isTerminal(run.status)).sort(byMove);
      return pageOf(runs, (run) => run.runId, page);
    },
    listUnannounced: async (page) =>
      pageOf([...stored.values()].filter(isUnannounced).sort(byMove), ({ runId }) => runId, page),
    getChunk: async (runId, chunk) => chunks.get(chunkKey(runId, chunk)),
    listChunks: async (runId) =>
      [...chunks.values()]
        .filter((chunk) => chunk.runId === runId)
        .sort((one, other) => one.chunk - other.chunk),
  };
}

function requireLead<State extends string>(
  { leads }: { readonly leads: Leads<State> },
  from: State,
  to: State,
): void {
  if (leads[from]?.includes(to) !== true) {
    throw new Error(`no transition of these leads from ${from} to ${to}: ${JSON.stringify(leads)}`);
  }
}

/** The record of a run that a test begins with, of which chunks may have settled: the first ones of each kind. */
function recordOf(run: Run): RunRecord {
  const { settledChunks, settledRemovals, plan, announced } = run;
  const firstRemoval = (plan?.chunkSizes.length ?? 0) + 1;
  const numbers = [
    ...Array.from({ length: settledChunks - settledRemovals }, (_, index) => index + 1),
    ...Array.from({ length: settledRemovals }, (_, index) => firstRemoval + index),
  ];
  const { open, ...record } = newRecord(run);
  return {
    ...record,
    ...(numbers.length === 0 ? {} : { settledChunkNumbers: new Set(numbers) }),
    ...(announced === true || open === undefined ? {} : { open }),
  };
}
