import type { FieldReading } from "../../domain/cells/column-habit";
import type { ConsentTimeField } from "../../domain/profiles/consent-time";
import type { ConsentField, FieldMapping } from "../../domain/exports/field-mapping";
import type { Problem } from "../../domain/problems/problem";
import type { RunNumbers } from "../../domain/runs/run";
import type { SearchedSegments } from "../../domain/explanations/explanation";
import type { SegmentFile } from "../../domain/segments/segment";
import type { AccountingRequest } from "./accounting";
import type { PreparedSample } from "./previews";

export interface PreparationRequest {
  readonly runId: string;
  /** Marks the staged files of this attempt. */
  readonly attemptId: string;
  /** In the order that decides which of several rows with the same email is used. */
  readonly files: readonly SegmentFile[];
  readonly mapping: FieldMapping;
  /** Where it is said when a member consented, if that is wanted. */
  readonly consentTime?: ConsentTimeField | undefined;
  /** Where it is said whether a member wants to be mailed, if that is wanted. */
  readonly consent?: ConsentField | undefined;
  /** The list that the profiles are to join. */
  readonly listId: string;
  /** Key of the snapshot to compare with; without it every member is sent, and nobody is leaving. */
  readonly snapshotKey?: string | undefined;
  /**
   * Asked for when the snapshot is lost or damaged: the run that it was written by, and what became of its chunks. The
   * snapshot is made again from what that run staged; undefined if nothing is known of the run.
   */
  readonly rebuildFrom?: (() => Promise<AccountingRequest | undefined>) | undefined;
  /** What the snapshot says of contents is not to be trusted, or not wanted: every member is sent. */
  readonly ignoreHashes?: boolean | undefined;
  /** Preparing and staging the rows are broken off after so long, with `preparationTooLong`. @default never */
  readonly withinMilliseconds?: number | undefined;
}

/** Rows read, mapped, checked and compared, but not yet staged. Must be closed. */
export interface Preparation {
  readonly numbers: Pick<
    RunNumbers,
    "rows" | "blank" | "invalid" | "duplicates" | "members" | "unchanged"
  >;
  readonly warnings: readonly Problem[];
  /** How mapped columns are written, where that decides how they are read; absent where it doesn't. */
  readonly readings?: readonly FieldReading[];
  /**
   * `rebuilt`: it was lost or damaged, and has been made again from what its run had staged. `unreadable`: that can't
   * be done either.
   */
  readonly snapshot: "loaded" | "none" | "rebuilt" | "unreadable";
  /** Emails in the snapshot that are no members. */
  readonly leaving: number;
  /**
   * Counts as leaving everybody on the list who is no member, from files as `writeListed` made them or from their
   * addresses themselves, and as known the members who are on it. Returns how many leave. Before `stageRows`.
   */
  addListed(
    listed: { readonly keys: readonly string[] } | { readonly emails: readonly string[] },
  ): Promise<number>;
  /** The first of the leavers, by address; at most so many. */
  firstLeavers(atMost: number): Promise<readonly string[]>;
  /**
   * Those of the leavers of whom Klaviyo never confirmed what the snapshot has of them, so that they may not
   * be on the list at all; at most so many, by email.
   */
  doubtfulLeavers(atMost: number): Promise<readonly string[]>;
  /**
   * Stages who is leaving; with `remove` also the removal chunks, counted from `firstChunk`. Returns the
   * removal chunks' sizes.
   */
  stageLeavers(options: { remove: boolean; firstChunk: number }): Promise<readonly number[]>;
  /** What the rows and the snapshot hold of one address, which is in lower case. Before `stageRows`. */
  find(email: string): Promise<FoundPerson>;
  /** The first of what would be sent and of what would not. */
  sample(): Promise<PreparedSample>;
  /** Stages the rows set aside and the members, with `send` each with its place in a chunk. Once. */
  stageRows(options: { send: boolean }): Promise<StagedRows>;
  /**
   * Stages the bodies of the chunks that follow the first `after`, some at a time and in order, and tells of each
   * series when it lies there; ends early when that answers false. After `stageRows`.
   */
  stageChunks(
    options: { attemptId: string; after: number },
    onStaged: (first: number, last: number) => Promise<boolean>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** What the rows and the snapshot hold of one address. */
export interface FoundPerson extends Pick<
  Extract<SearchedSegments, { kind: "searched" }>,
  "rows" | "rowCount" | "blankRows" | "profile" | "leftOut" | "tooLarge"
> {
  readonly inSnapshot: boolean;
}

export interface StagedRows {
  /** Profiles in each chunk, in the chunks' order; chunks are counted from 1. */
  readonly chunkSizes: readonly number[];
  /** The same for chunks of the same contents. */
  readonly checksum: string;
}

/**
 * Turns segment files into staged chunks. Throws `segmentUnreadable`, `segmentChanged`, `fieldMissing`,
 * `preparationTooLong`.
 */
export interface MemberPreparation {
  prepare(request: PreparationRequest): Promise<Preparation>;
}
