import type { Refusal } from "../../domain/runs/chunk";
import type { ChunkFindings, LeftOutValue } from "../../domain/runs/chunk-findings";
import type { ReportedRejection } from "../../domain/runs/rejection";
import type { Run } from "../../domain/runs/run";
import type { SubscriptionFiles } from "./subscriptions";

/** A chunk of an attempt at preparing a run. */
interface ChunkPlace {
  readonly runId: string;
  readonly attemptId: string;
  readonly chunk: number;
}

/** Where a chunk's refusals are: those at once, and those of a job that is complete. */
interface RefusalsPlace extends ChunkPlace {
  readonly step: "push" | "confirm";
  /** Where the job's part begins, of a chunk that goes in parts. @default 0 */
  readonly from?: number | undefined;
}

/** What is staged for a run, beside what preparation and accounting write. */
export interface RunFiles extends SubscriptionFiles {
  /** The body of the chunk's import job, as staged. */
  readChunk(runId: string, attemptId: string, chunk: number): Promise<Buffer>;
  writeRefusals(place: RefusalsPlace, refusals: readonly Refusal[]): Promise<void>;
  /** None when none were written. */
  readRefusals(place: RefusalsPlace): Promise<readonly Refusal[]>;
  /** Keeps what is known of a chunk that Klaviyo has not taken. */
  writeFindings(place: ChunkPlace, findings: ChunkFindings): Promise<void>;
  /** Undefined when none were written. */
  readFindings(place: ChunkPlace): Promise<ChunkFindings | undefined>;
  /** Keeps the values that profiles of a chunk go without since Klaviyo does not take them. */
  writeLeftOut(place: ChunkPlace, values: readonly LeftOutValue[]): Promise<void>;
  /** The emails of a removal chunk. */
  readRemovalChunk(runId: string, attemptId: string, chunk: number): Promise<readonly string[]>;
  /** Keeps which of a removal chunk's emails were found on the list, before they are taken off it. */
  writeFound(
    run: { runId: string; attemptId: string; chunk: number },
    emails: readonly string[],
  ): Promise<void>;
  /** None when none were written. */
  readFound(run: { runId: string; attemptId: string; chunk: number }): Promise<readonly string[]>;
  /** Keeps a part of the emails on the list; returns its key. */
  writeListed(
    run: { runId: string; attemptId: string; part: number },
    emails: readonly string[],
  ): Promise<string>;
  /** Keeps how far the list has been read. */
  writeListing(runId: string, listing: ListingProgress): Promise<void>;
  readListing(runId: string): Promise<ListingProgress | undefined>;
  /**
   * The rows of a rejection report in its order, read while they are taken; undefined when it is no longer kept. Throws
   * `invalidRequest` on `/after` for a place where no row begins, once rows are taken.
   *
   * @param place 0, or the `next` of a row
   */
  rejectionRows(
    reportKey: string,
    place: number,
  ): Promise<AsyncIterable<PlacedRejection> | undefined>;
  /** A link to download the report, good for so many seconds; undefined when it is no longer kept. */
  reportLink(reportKey: string, seconds: number): Promise<string | undefined>;
}

/** A row of a rejection report, and the place in the report where the next one begins. */
export interface PlacedRejection {
  readonly row: ReportedRejection;
  readonly next: number;
}

/** How far a run has read the list itself. */
export interface ListingProgress {
  /** The parts that were kept, each by one attempt. */
  readonly keys: readonly string[];
  /** Where reading goes on; absent when the whole list has been read. */
  readonly after?: string | undefined;
}

/** What runs leave in the work bucket. */
export interface RunData {
  /** Deletes what a run staged, its report and its snapshot. */
  delete(run: Pick<Run, "runId" | "exportId">): Promise<void>;
  /** The keys of an export's snapshots, with whom each says was asked to subscribe. */
  listSnapshots(exportId: string): Promise<readonly string[]>;
  /** Deletes snapshots by their keys. Deleting what is not there succeeds. */
  deleteSnapshots(keys: readonly string[]): Promise<void>;
}
