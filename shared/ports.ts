import type { Readable } from "node:stream";
import type { AuditEntry, AuditFilter, AuditOutcome } from "./domain/audit";
import type { Chunk, ChunkOutcome, Refusal } from "./domain/chunk";
import type { Connection } from "./domain/connection";
import type { Export, ExportHealth, SnapshotReference, SyncMode } from "./domain/export";
import type { FieldMapping } from "./domain/field-mapping";
import type { Problem } from "./domain/problem";
import type { Recurrence, Slot } from "./domain/recurrence";
import type { RemovalNumbers, RunNumbers, Run, RunPlan, TerminalStatus } from "./domain/run";
import type { RunEndedEvent } from "./domain/run-ended-event";
import type { ExportSchedule, SystemSchedule } from "./domain/schedule";
import type { SegmentDescription, SegmentFile, SegmentSummary } from "./domain/segment";

export type * from "./klaviyo-port";

/** What the use cases need from outside. Adapters implement these; tests of use cases fake them. */

/** One page of a list; `next` continues it and is opaque. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}
export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface Clock {
  now(): Date;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
}

export interface IdGenerator {
  /** Ids sort by the time they were made, and need no escaping in paths. */
  next(): string;
}

/** What became of a request that was sent with a key of its own, so that a repetition has no second effect. */
export interface RequestLedger {
  /**
   * Begins a request. `seed` is an id that all tries of it share, and what it makes is named by; the claim
   * holds for `seconds`, after which whoever held it has broken off, and a repetition takes its place.
   */
  begin(
    request: string,
    contentHash: string,
    options: { readonly now: Date; readonly seconds: number; readonly newSeed: string },
  ): Promise<
    | { readonly kind: "begun"; readonly seed: string }
    | { readonly kind: "answered"; readonly answer: RecordedAnswer }
    | { readonly kind: "busy" }
    /** The key was used for something else. */
    | { readonly kind: "other" }
  >;
  /** Keeps the answer for the repetitions. */
  complete(request: string, seed: string, answer: RecordedAnswer): Promise<void>;
  /** Lets a repetition begin at once: with the same seed, or as if there had been no request. */
  release(request: string, seed: string, keep: "seed" | "nothing"): Promise<void>;
}
export interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ConnectionStore {
  /** Throws `displayNameTaken`; names are compared without regard to case and outer space. */
  create(connection: Connection): Promise<void>;
  get(connectionId: string): Promise<Connection | undefined>;
  list(page: PageRequest): Promise<Page<Connection>>;
  /**
   * Writes what people set (name, sharing, limit, where the key is) if the stored version is still
   * `expectedVersion`; what was found out about the key is left as it is stored. Returns false if the
   * connection changed meanwhile or is gone. Throws `displayNameTaken`.
   */
  update(changed: Connection, expectedVersion: number): Promise<boolean>;
  /** Keeps what was found out about the key and the account; does nothing if the connection is gone. */
  noteFinding(connectionId: string, found: ConnectionFinding): Promise<void>;
  /** Frees the display name too. Deleting what is not there succeeds. */
  delete(connectionId: string): Promise<void>;
}
/** What is not given stays as it is stored. */
export type ConnectionFinding = Pick<Connection, "keyFinding"> &
  Partial<Pick<Connection, "account" | "scopes" | "revision" | "lastUsedAt">>;

/** Keeps API keys; nothing else does. Also reads them from the customers' own secrets. */
export interface SecretStore {
  /** Returns the new secret's ARN. */
  create(connectionId: string, apiKey: string): Promise<string>;
  /** Puts another key in a secret's place; if the secret is gone it is made anew. Returns its ARN. */
  replace(secretArn: string, connectionId: string, apiKey: string): Promise<string>;
  /** With `fresh` never from memory, which may be a minute behind. Throws `secretUnreadable`. */
  read(secretArn: string, options?: { fresh?: boolean }): Promise<string>;
  /** Whether an ARN names a secret that this store made, for whichever connection. */
  isOwn(secretArn: string): boolean;
  /** At once and for ever. Deleting what is not there succeeds. */
  delete(secretArn: string): Promise<void>;
}

export interface ExportStore {
  create(created: Export): Promise<void>;
  get(exportId: string): Promise<Export | undefined>;
  list(page: PageRequest): Promise<Page<Export>>;
  /** All exports of a connection. */
  listByConnection(connectionId: string): Promise<readonly Export[]>;
  /**
   * Writes the settings if the stored version is still `expectedVersion`; the other fields (current run,
   * snapshot) are left as they are stored. Returns false if the export changed meanwhile or is gone.
   */
  updateSettings(changed: Export, expectedVersion: number): Promise<boolean>;
  /** Replaces the schedule and nothing else. Returns false if the export is gone. */
  setSchedule(
    exportId: string,
    schedule: ExportSchedule,
    by: { updatedAt: string; updatedBy: string },
  ): Promise<boolean>;
  /** Keeps how the export fares, unless a newer run was accounted for already. */
  noteHealth(exportId: string, health: ExportHealth): Promise<void>;
  /** Forgets what a run has confirmed, if nothing newer is stored. */
  forgetSnapshot(exportId: string, runId: string): Promise<void>;
  /** Deleting what is not there succeeds. */
  delete(exportId: string): Promise<void>;
  /** Makes a run the export's current one; tells the run that is in its place, or that the export is gone. */
  claimRun(
    exportId: string,
    runId: string,
    at: Date,
  ): Promise<
    | { kind: "claimed"; claimed: Export }
    | { kind: "running"; runId: string; claimedAt: string }
    | { kind: "gone" }
  >;
  /** Ends a run's claim, keeping what it confirmed; does nothing when another run holds the claim. */
  releaseRun(exportId: string, runId: string, snapshot?: SnapshotReference): Promise<void>;
}

export interface RunStore {
  /** Returns false if there is a run of this id; it stays as it is. */
  create(run: Run): Promise<boolean>;
  get(runId: string): Promise<Run | undefined>;
  /** Those that there are of up to 100 runs, in no order. */
  getMany(runIds: readonly string[]): Promise<readonly Run[]>;
  /** Newest first. */
  listByExport(exportId: string, page: PageRequest): Promise<Page<Run>>;
  /** The runs over a connection, newest first; those made a moment ago may be missing. */
  listByConnection(
    connectionId: string,
    page: PageRequest,
  ): Promise<Page<Pick<Run, "runId" | "exportId">>>;
  /** Runs that have not ended, longest unmoved first. */
  listOpen(page: PageRequest): Promise<Page<Run>>;
  /** `queued` or `running` becomes `running`, phase `preparing`; false if the run has ended or is planned. */
  beginPreparing(runId: string, at: Date): Promise<boolean>;
  /** Keeps the plan and its numbers if the run has none yet and has not ended; returns whether it did. */
  plan(runId: string, plan: RunPlan, numbers: RunNumbers, at: Date): Promise<boolean>;
  /** The removal chunks are on their way: the phase becomes `removing`. */
  beginRemoving(runId: string, at: Date): Promise<void>;
  /** Keeps the first reason for sending no further chunk. */
  stop(runId: string, problem: Problem): Promise<void>;
  /** Moves the confirmation loop on; false if this or a later round was reached already or the run has ended. Is no move of the run. */
  advanceConfirmRound(runId: string, round: number): Promise<boolean>;
  /** Writes down that the run moved; what the watchdog goes by. */
  touch(runId: string, at: Date): Promise<void>;
  /** Ends a run once; false if it has ended already. Without numbers, those stored are kept. */
  end(runId: string, ending: RunEnding): Promise<boolean>;

  /** Runs that have ended and whose end is not announced, longest ended first. */
  listUnannounced(page: PageRequest): Promise<Page<Run>>;
  /** Takes an ended run to announce it, if nobody else has until then; undefined if there is nothing to do. */
  claimAnnouncement(runId: string, now: Date, leaseUntil: Date): Promise<Run | undefined>;
  /** The end is announced, and never again. */
  markAnnounced(runId: string): Promise<void>;

  getChunk(runId: string, chunk: number): Promise<Chunk | undefined>;
  listChunks(runId: string): Promise<readonly Chunk[]>;
  /** Takes a chunk that nobody holds and that was not sent; returns the chunk as stored if it can't be taken. */
  claimChunk(
    runId: string,
    chunk: number,
    now: Date,
    leaseUntil: Date,
  ): Promise<{ kind: "claimed"; jobs: number } | { kind: "held"; chunk: Chunk }>;
  /** Gives a chunk back unsent that was claimed until then; one that another worker took over stays its. */
  releaseChunk(runId: string, chunk: number, leaseUntil: Date): Promise<void>;
  /** Keeps the job that a claimed chunk became, and moves the run. */
  markSent(sent: Extract<Chunk, { state: "sent" }>): Promise<void>;
  /** A cancelled job's chunk may be taken again. False if the chunk is not sent as this job any more. */
  reopenChunk(runId: string, chunk: number, jobId: string): Promise<boolean>;
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
export interface RunEnding {
  readonly status: TerminalStatus;
  readonly at: Date;
  readonly numbers?: RunNumbers;
  readonly removals?: RemovalNumbers;
  readonly problem?: Problem;
  readonly report?: string;
  /** Leaves a run alone that has a plan: its chunks may be under way, and its end is theirs. */
  readonly unplannedOnly?: true;
}

/** Where segments come from. */
export interface SegmentSource {
  list(page: PageRequest): Promise<Page<SegmentSummary>>;
  /** The segment's files in name order; none when there is no such segment. */
  files(segment: string): Promise<readonly SegmentFile[]>;
  /** The bytes of exactly the version listed; throws `segmentChanged` when it is there no more. */
  open(file: SegmentFile): Promise<Readable>;
}

/** Reads a segment's files to describe it. Throws `segmentUnreadable`, `segmentChanged`, `fieldMissing`. */
export interface SegmentReader {
  describe(
    summary: SegmentSummary,
    files: readonly SegmentFile[],
    emailField?: string,
  ): Promise<SegmentDescription>;
}

export interface PreparationRequest {
  readonly runId: string;
  /** Marks the staged files of this attempt. */
  readonly attemptId: string;
  /** In the order that decides which of several rows with the same email is used. */
  readonly files: readonly SegmentFile[];
  readonly mapping: FieldMapping;
  /** The list that the profiles are to join. */
  readonly listId: string;
  /** Key of the snapshot to compare with; without it every member is sent, and nobody is leaving. */
  readonly snapshotKey?: string;
  /** What the snapshot says of contents is not to be trusted, or not wanted: every member is sent. */
  readonly ignoreHashes?: boolean;
}

/** Rows read, mapped, checked and compared, but not yet staged. Must be closed. */
export interface Preparation {
  readonly numbers: Pick<
    RunNumbers,
    "rows" | "blank" | "invalid" | "duplicates" | "members" | "unchanged"
  >;
  readonly warnings: readonly Problem[];
  /** `unreadable`: there should be one, but it is lost or damaged. */
  readonly snapshot: "loaded" | "none" | "unreadable";
  /** Emails in the snapshot that are no members. */
  readonly leaving: number;
  /** Counts as leaving everybody on the list who is no member, from files as `writeListed` made them. */
  addListed(keys: readonly string[]): Promise<number>;
  /**
   * Stages who is leaving; with `remove` also the removal chunks, counted from `firstChunk`. Returns the
   * removal chunks' sizes.
   */
  stageLeavers(options: { remove: boolean; firstChunk: number }): Promise<readonly number[]>;
  /** Stages the rows set aside and the members; with `send` also the chunks. Returns the chunks' sizes. */
  stage(options: { send: boolean }): Promise<readonly { chunk: number; profiles: number }[]>;
  close(): Promise<void>;
}

/** Turns segment files into staged chunks. Throws `segmentUnreadable`, `segmentChanged`, `fieldMissing`. */
export interface MemberPreparation {
  prepare(request: PreparationRequest): Promise<Preparation>;
}

export interface AccountRequest {
  readonly runId: string;
  readonly exportId: string;
  readonly attemptId: string;
  /** Outcomes by chunk; a chunk that is not in it counts as unsent, or as unremoved. */
  readonly outcomes: ReadonlyMap<number, ChunkOutcome>;
  /** Whether leavers are taken off the list; otherwise they are in nobody's account. */
  readonly syncMode: SyncMode;
}

/** Writes what a run leaves behind, from its staged files, outcomes and refusals. */
export interface RunAccounting {
  /**
   * Writes the rejection report and the new snapshot. The numbers are counted anew from the rows of the
   * report and the snapshot, so that run and report can be seen to agree.
   */
  account(request: AccountRequest): Promise<{
    numbers: RunNumbers;
    removals: RemovalNumbers;
    reportKey: string;
    snapshotKey: string;
  }>;
  /**
   * Writes the account of outcomes that are only expected yet, beside the staged files. When they come
   * about, `account` takes over what was written, without reading the members again.
   */
  rehearse(request: AccountRequest): Promise<void>;
}

/** What is staged for a run, beside what preparation and accounting write. */
export interface RunFiles {
  /** The body of the chunk's import job, as staged. */
  readChunk(runId: string, attemptId: string, chunk: number): Promise<Buffer>;
  writeRefusals(
    run: { runId: string; attemptId: string; chunk: number; stage: "push" | "confirm" },
    refusals: readonly Refusal[],
  ): Promise<void>;
  /** None when none were written. */
  readRefusals(run: {
    runId: string;
    attemptId: string;
    chunk: number;
    stage: "push" | "confirm";
  }): Promise<readonly Refusal[]>;
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
  /** A link to download the report, good for so many seconds. */
  reportLink(reportKey: string, seconds: number): Promise<string>;
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
}

/**
 * Messages between the steps of a run. They carry ids only. `group`, the connection's id, keeps the queues
 * fair between connections.
 */
export interface RunQueues {
  prepare(
    group: string,
    runId: string,
    putOff?: { attempt: number; delaySeconds: number },
  ): Promise<void>;
  /** `attempt` counts from 0 how often the chunk was put off for a fault. */
  push(
    group: string,
    messages: readonly {
      runId: string;
      chunk: number;
      attempt: number;
      dueAt?: number | undefined;
      delaySeconds?: number;
    }[],
  ): Promise<void>;
  confirm(
    group: string,
    message: { runId: string; round: number },
    delaySeconds: number,
  ): Promise<void>;
  settle(group: string, runId: string): Promise<void>;
  /** Has the run's account written ahead of its time. */
  rehearse(group: string, runId: string): Promise<void>;
}

/** Starts that wait for a worker. */
export interface StartQueue {
  /** Any number; sent in batches. */
  start(messages: readonly StartRequest[]): Promise<void>;
}
export interface StartRequest {
  readonly exportId: string;
  /** The id that the run gets: a start that is told twice makes one run. */
  readonly runId: string;
  /** The export's; keeps the queue fair between connections. */
  readonly connectionId: string;
  /** When the schedule says that the run starts; without it the run is on demand. */
  readonly scheduledFor?: string;
  /** Who asked; scheduled runs are under the connection's export user. */
  readonly requestedBy?: string;
}

/** What is set for the whole system. */
export interface SettingsStore {
  /** Off when nobody has set it. */
  getSystemSchedule(): Promise<SystemSchedule>;
  putSystemSchedule(schedule: SystemSchedule): Promise<void>;
}

/** The alarm clock: tells the start queue when a slot is due. */
export interface Timetable {
  /** Makes the slot's schedule, or makes it as it should be. */
  ensure(slot: Slot): Promise<void>;
  /** Removing what is not there succeeds. */
  remove(slot: Slot): Promise<void>;
}

/** Calendar arithmetic. */
export interface Calendar {
  /** The next instants of a recurrence after one, earliest first. */
  nextInstants(recurrence: Recurrence, after: Date, count: number): readonly Date[];
}

/** Tells others about runs. */
export interface Announcer {
  /** For programs: one event on the bus. */
  publish(event: RunEndedEvent): Promise<void>;
  /** For administrators: one mail. The subject has at most 100 characters. */
  mail(message: { subject: string; body: string }): Promise<void>;
}

/** Measurements for dashboards and alarms; nothing personal in names and values. */
export interface Metrics {
  put(
    values: Partial<Record<MetricName, number>>,
    dimensions?: Readonly<Record<string, string>>,
  ): void;
}
export type MetricName =
  | "ProfilesSent"
  | "ProfilesRejected"
  | "ProfilesUnsent"
  | "RunsEnded"
  | "RunsFailed"
  | "RunsSkipped"
  | "SecondsToFinish"
  | "ImportJobs"
  | "OldestChunkAge";

/** What happened, for good: entries are added, completed once, and never changed or deleted. */
export interface AuditLog {
  /** Adds an entry; one that is there already stays as it is. */
  add(entry: AuditEntry): Promise<void>;
  /** Completes an entry whose outcome is `unknown`; one that is complete stays as it is. */
  complete(entry: Pick<AuditEntry, "auditId" | "at">, completion: AuditCompletion): Promise<void>;
  /** Newest first. */
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}
export interface AuditCompletion
  extends AuditOutcome, Pick<AuditEntry, "target" | "runId" | "before" | "after"> {}

/** Structured logging: events of the catalogue, with ids and counts and nothing personal. */
export interface Log {
  /** A log whose every line carries these ids too. */
  with(ids: Record<string, string | number>): Log;
  info(event: string, details?: Record<string, unknown>): void;
  warn(event: string, details?: Record<string, unknown>): void;
  error(event: string, details?: Record<string, unknown>): void;
}
