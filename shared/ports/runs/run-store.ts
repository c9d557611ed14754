import type { Chunk, ChunkOutcome, ChunkParts } from "../../domain/runs/chunk";
import type { RunEnding } from "../../domain/runs/lifecycle/run-transitions";
import type { Problem } from "../../domain/problems/problem";
import type {
  AllRunsFilter,
  Run,
  RunResult,
  RunFilter,
  RunNumbers,
  RunPlan,
} from "../../domain/runs/run";
import type { RunMark } from "../../domain/runs/progress/run-mark";
import type { Page, PageRequest } from "../../domain/paging/every-page";
import type { SubscribingStore } from "./subscriptions";

export interface RunStore extends RunLives {
  /** Returns false if there is a run of this id; it stays as it is. */
  create(run: Run): Promise<boolean>;
  get(runId: string): Promise<Run | undefined>;
  /** Those that there are of up to 100 runs, in no order. */
  getMany(runIds: readonly string[]): Promise<readonly Run[]>;
  /**
   * All runs by when they were requested, newest first unless it is asked for otherwise. A page may hold fewer than
   * asked for, or nothing: the list has ended when there is no `next`. Those made a moment ago may be missing.
   */
  list(page: PageRequest, selection?: AllRunsSelection): Promise<Page<Run>>;
  /** An export's, by when they were requested, newest first unless it is asked for otherwise. Pages are full but the last. */
  listByExport(exportId: string, page: PageRequest, selection?: RunSelection): Promise<Page<Run>>;
  /** The runs over a connection, newest first; those made a moment ago may be missing. */
  listByConnection(
    connectionId: string,
    page: PageRequest,
  ): Promise<Page<Pick<Run, "runId" | "exportId">>>;
  /** Runs that have not ended, longest unmoved first. */
  listOpen(page: PageRequest): Promise<Page<Run>>;
  /** Runs that have ended and whose end is not announced, longest ended first. */
  listUnannounced(page: PageRequest): Promise<Page<Run>>;

  getChunk(runId: string, chunk: number): Promise<Chunk | undefined>;
  listChunks(runId: string): Promise<readonly Chunk[]>;
}

/**
 * What can become of runs and their chunks: each is one of the transitions in `domain/runs/lifecycle`, and does nothing
 * to a run or chunk that is in none of the states that it leads from.
 */
export interface RunLives extends SubscribingStore {
  /** `queued` or `running` becomes `running`, phase `preparing`; false if the run has ended or is planned. */
  beginPreparing(runId: string, at: Date): Promise<boolean>;
  /** Keeps the plan and its numbers if the run has none yet and has not ended; returns whether it did. */
  plan(runId: string, plan: RunPlan, numbers: RunNumbers, at: Date): Promise<boolean>;
  /**
   * Writes down that the first `chunks` of the plan's chunks are staged. False if no more of them need be: the run
   * has ended or is stopped. Is no move of the run.
   */
  markStaged(runId: string, chunks: number): Promise<boolean>;
  /** The removal chunks are on their way: the phase becomes `removing`. */
  beginRemoving(runId: string, at: Date): Promise<void>;
  /** Keeps the first reason for sending no further chunk. */
  stop(runId: string, problem: Problem): Promise<void>;
  /** Moves the confirmation loop on; false if this or a later round was reached already or the run has ended. Is no move of the run. */
  advanceConfirmRound(runId: string, round: number): Promise<boolean>;
  /**
   * Writes down what AWS keeps a run from that has not ended, and that it is looked after: it counts as moved at that
   * instant.
   */
  noteTrouble(runId: string, trouble: NonNullable<Run["trouble"]>): Promise<void>;
  /** Writes down for whom the preparation of a run waits, which counts as moved at that instant. */
  noteWaiting(runId: string, waiting: NonNullable<Run["waiting"]>): Promise<void>;
  /** Writes down for whom a chunk of a planned run waits. Is no move of the run. */
  notePutOff(runId: string, waiting: NonNullable<Run["waiting"]>): Promise<void>;
  /** Its preparation waits for nobody any more. Is no move of the run. */
  endWaiting(runId: string): Promise<void>;
  /** Writes down that the run moved; what the watchdog goes by. */
  touch(runId: string, at: Date): Promise<void>;
  /** Keeps what a settled run comes to, if nobody has; false if the run is accounted for or has ended. */
  keepResult(runId: string, result: RunResult, at: Date): Promise<boolean>;
  /** Ends a run once; false if it has ended already, or is in no state to end so. */
  end(runId: string, ending: RunEnding): Promise<boolean>;

  /** Takes an ended run to announce it, if nobody else has until then; undefined if there is nothing to do. */
  claimAnnouncement(runId: string, now: Date, leaseUntil: Date): Promise<Run | undefined>;
  /** The end is announced, and never again. */
  markAnnounced(runId: string): Promise<void>;

  /** Takes a chunk that nobody holds and that was not sent; returns the chunk as stored if it can't be taken. */
  claimChunk(
    runId: string,
    chunk: number,
    now: Date,
    leaseUntil: Date,
  ): Promise<
    | {
        kind: "claimed";
        jobs: number;
        /** A worker has claimed it before. */
        again: boolean;
        parts?: ChunkParts | undefined;
      }
    | { kind: "held"; chunk: Chunk }
  >;
  /** Gives a chunk back unsent that was claimed until then; one that another worker took over stays its. */
  releaseChunk(runId: string, chunk: number, leaseUntil: Date): Promise<void>;
  /**
   * Keeps the job that a claimed chunk became, and moves the run: so many profiles more are sent, and these are its
   * marks, if they are given.
   */
  markSent(
    sent: Extract<Chunk, { state: "sent" }>,
    counts: { readonly profiles: number; readonly marks?: RunMark[] | undefined },
  ): Promise<void>;
  /**
   * A chunk may be taken again whose job was cancelled, or, with `parts`, whose job is complete and held a part of
   * it. False if the chunk is not sent as this job any more.
   */
  reopenChunk(runId: string, chunk: number, jobId: string, parts?: ChunkParts): Promise<boolean>;
  /**
   * Writes a chunk's outcome and adds it to the run's numbers, each exactly once however often it is
   * called, also after a crash between the two. Returns the run as it then is.
   */
  settleChunk(runId: string, chunk: number, outcome: ChunkOutcome, at: Date): Promise<Run>;
  /**
   * The same for a chunk that is not sent any more, unless Klaviyo has it (`sent`), or unless that or a
   * worker holds it (`held`): what becomes of those is not known yet. Undefined when it was left alone.
   */
  settleUnlessSent(
    runId: string,
    chunk: number,
    outcome: ChunkOutcome,
    at: Date,
    spare: "sent" | "held",
  ): Promise<Run | undefined>;
}

/** Which of all runs are listed, and in which order. */
export interface AllRunsSelection extends AllRunsFilter {
  readonly oldestFirst?: boolean;
}

/** Which of an export's runs are listed, and in which order. */
export interface RunSelection extends RunFilter {
  readonly oldestFirst?: boolean;
}
