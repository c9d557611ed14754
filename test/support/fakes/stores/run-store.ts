import { outcomeOf, type Chunk, type ChunkOutcome } from "../../../../shared/domain/runs/chunk";
import { isTerminal, type Run } from "../../../../shared/domain/runs/run";
import type { RunStore } from "../../../../shared/ports";
import { pageOf } from "./paging";

export function fakeRunStore(...given: Run[]): RunStore & {
  readonly stored: Map<string, Run>;
  readonly chunks: Map<string, Chunk>;
} {
  const stored = new Map(given.map((run) => [run.runId, run]));
  const chunks = new Map<string, Chunk>();
  const counted = new Set<string>();
  /** Runs whose end is announced, and until when the others are taken. */
  const announced = new Set<string>();
  const announcing = new Map<string, number>();
  const isUnannounced = (run: Run): boolean => isTerminal(run.status) && !announced.has(run.runId);
  const byMove = (one: Run, other: Run): number => (one.movedAt < other.movedAt ? -1 : 1);
  const chunkKey = (runId: string, chunk: number): string => `${runId}/${chunk}`;

  /** Changes a run that has not ended. */
  function change(runId: string, update: (run: Run) => Run | undefined): boolean {
    const run = stored.get(runId);
    const changed = run === undefined || isTerminal(run.status) ? undefined : update(run);
    if (changed !== undefined) {
      stored.set(runId, changed);
    }
    return changed !== undefined;
  }

  function settle(runId: string, chunk: number, outcome: ChunkOutcome, at: Date): Run {
    const key = chunkKey(runId, chunk);
    const held = chunks.get(key);
    const parts = held?.parts === undefined ? {} : { parts: held.parts };
    const settled =
      held?.state === "settled"
        ? held
        : ({ state: "settled", runId, chunk, jobs: held?.jobs ?? 0, outcome, ...parts } as const);
    chunks.set(key, settled);
    if (!counted.has(key)) {
      change(runId, (run) => {
        counted.add(key);
        const fates = outcomeOf(settled);
        const { removals } = fates;
        return {
          ...run,
          phase: removals === undefined ? "confirming" : "removing",
          movedAt: at.toISOString(),
          settledChunks: run.settledChunks + 1,
          settledRemovals: run.settledRemovals + (removals === undefined ? 0 : 1),
          removals: {
            leaving: run.removals.leaving,
            removed: run.removals.removed + (removals?.removed ?? 0),
            notFound: run.removals.notFound + (removals?.notFound ?? 0),
            unremoved: run.removals.unremoved + (removals?.unremoved ?? 0),
          },
          numbers: {
            ...run.numbers,
            imported: run.numbers.imported + fates.imported,
            refused: run.numbers.refused + fates.refused,
            unsent: run.numbers.unsent + fates.unsent,
          },
        };
      });
    }
    const run = stored.get(runId);
    if (run === undefined) {
      throw new Error("no such run");
    }
    return run;
  }

  return {
    stored,
    chunks,
    async create(run) {
      if (stored.has(run.runId)) {
        return false;
      }
      stored.set(run.runId, run);
      return true;
    },
    get: async (runId) => stored.get(runId),
    getMany: async (runIds) => [...new Set(runIds)].flatMap((runId) => stored.get(runId) ?? []),
    async listByExport(exportId, page, { status, trigger, mode, from, until, oldestFirst } = {}) {
      const runs = [...stored.values()]
        .filter(
          (run) =>
            run.exportId === exportId &&
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
    async claimAnnouncement(runId, now, leaseUntil) {
      const run = stored.get(runId);
      const free = (announcing.get(runId) ?? 0) <= now.getTime();
      if (run === undefined || !isUnannounced(run) || !free) {
        return undefined;
      }
      announcing.set(runId, leaseUntil.getTime());
      return run;
    },
    async markAnnounced(runId) {
      announced.add(runId);
    },
    beginPreparing: async (runId, at) =>
      change(runId, (run) =>
        run.plan === undefined
          ? {
              ...run,
              status: "running",
              phase: "preparing",
              movedAt: at.toISOString(),
              startedAt: run.startedAt ?? at.toISOString(),
            }
          : undefined,
      ),
    plan: async (runId, plan, numbers, at) =>
      change(runId, (run) =>
        run.plan === undefined
          ? {
              ...run,
              plan,
              numbers,
              removals: { ...run.removals, leaving: plan.leaving },
              phase: "pushing",
              movedAt: at.toISOString(),
              warnings: [...run.warnings, ...plan.warnings],
            }
          : undefined,
      ),
    markStaged: async (runId, chunks) =>
      change(runId, (run) =>
        run.stop === undefined
          ? { ...run, stagedChunks: Math.max(run.stagedChunks, chunks) }
          : undefined,
      ),
    async beginRemoving(runId, at) {
      change(runId, (run) => ({ ...run, phase: "removing", movedAt: at.toISOString() }));
    },
    async stop(runId, problem) {
      change(runId, (run) => ({ ...run, stop: run.stop ?? problem }));
    },
    advanceConfirmRound: async (runId, round) =>
      change(runId, (run) =>
        run.confirmRound < round ? { ...run, confirmRound: round } : undefined,
      ),
    async noteTrouble(runId, trouble) {
      change(runId, (run) => ({ ...run, trouble, movedAt: trouble.at }));
    },
    async touch(runId, at) {
      change(runId, (run) => ({ ...run, movedAt: at.toISOString() }));
    },
    beginSubscribing: async (runId, progress, at) =>
      change(runId, (run) =>
        run.subscribing === undefined
          ? { ...run, subscribing: progress, phase: "subscribing", movedAt: at.toISOString() }
          : undefined,
      ),
    async claimSubscribing(runId, now, leaseUntil) {
      const claimed = change(runId, (run) =>
        run.subscribing !== undefined && run.subscribing.leaseUntil <= now.getTime()
          ? { ...run, subscribing: { ...run.subscribing, leaseUntil: leaseUntil.getTime() } }
          : undefined,
      );
      return claimed ? stored.get(runId)?.subscribing : undefined;
    },
    keepSubscribing: async (runId, heldUntil, progress, at) =>
      change(runId, (run) =>
        run.subscribing?.leaseUntil === heldUntil
          ? { ...run, subscribing: progress, movedAt: at.toISOString() }
          : undefined,
      ),
    end: async (
      runId,
      { status, at, numbers, removals, problem, report, droppedReport, warnings, unplannedOnly },
    ) =>
      change(runId, ({ phase: _phase, ...run }) =>
        unplannedOnly === true && run.plan !== undefined
          ? undefined
          : {
              ...run,
              status,
              endedAt: at.toISOString(),
              movedAt: at.toISOString(),
              ...(numbers === undefined ? {} : { numbers }),
              ...(removals === undefined ? {} : { removals }),
              ...(problem === undefined ? {} : { problem }),
              ...(report === undefined ? {} : { report }),
              ...(droppedReport === undefined ? {} : { droppedReport }),
              warnings: [...run.warnings, ...(warnings ?? [])],
            },
      ),

    getChunk: async (runId, chunk) => chunks.get(chunkKey(runId, chunk)),
    listChunks: async (runId) =>
      [...chunks.values()]
        .filter((chunk) => chunk.runId === runId)
        .sort((one, other) => one.chunk - other.chunk),
    async claimChunk(runId, chunk, now, leaseUntil) {
      const key = chunkKey(runId, chunk);
      const held = chunks.get(key);
      const free =
        held === undefined || (held.state === "sending" && held.leaseUntil <= now.getTime());
      if (!free) {
        return { kind: "held", chunk: held };
      }
      const jobs = held?.jobs ?? 0;
      const parts = held?.parts;
      const claims = 1 + (held?.state === "sending" ? (held.claims ?? 1) : 0);
      chunks.set(key, {
        state: "sending",
        runId,
        chunk,
        jobs,
        leaseUntil: leaseUntil.getTime(),
        claims,
        ...(parts === undefined ? {} : { parts }),
      });
      return { kind: "claimed", jobs, again: jobs > 0 || claims > 1, parts };
    },
    async releaseChunk(runId, chunk, leaseUntil) {
      const held = chunks.get(chunkKey(runId, chunk));
      if (held?.state === "sending" && held.leaseUntil === leaseUntil.getTime()) {
        chunks.set(chunkKey(runId, chunk), { ...held, leaseUntil: 0 });
      }
    },
    async markSent(sent) {
      const key = chunkKey(sent.runId, sent.chunk);
      if ((chunks.get(key)?.state ?? "sending") === "sending") {
        const parts = chunks.get(key)?.parts;
        chunks.set(key, { ...sent, ...(parts === undefined ? {} : { parts }) });
      }
      change(sent.runId, (run) => ({ ...run, movedAt: sent.sentAt }));
    },
    async reopenChunk(runId, chunk, jobId, done) {
      const key = chunkKey(runId, chunk);
      const held = chunks.get(key);
      if (held?.state !== "sent" || held.jobId !== jobId) {
        return false;
      }
      const parts = done ?? held.parts;
      chunks.set(key, {
        state: "sending",
        runId,
        chunk,
        jobs: held.jobs,
        leaseUntil: 0,
        claims: 0,
        ...(parts === undefined ? {} : { parts }),
      });
      return true;
    },
    settleChunk: async (runId, chunk, outcome, at) => settle(runId, chunk, outcome, at),
    async settleUnlessSent(runId, chunk, outcome, at, spare) {
      const held = chunks.get(chunkKey(runId, chunk));
      const spared =
        held?.state === "sent" ||
        (held?.state === "sending" && spare === "held" && held.leaseUntil > at.getTime());
      return spared ? undefined : settle(runId, chunk, outcome, at);
    },
  };
}
