import type { BatchNumbers } from "../domain/exports/subscription";
import type { Handling } from "../domain/runs/patience";
import type { RemovalNumbers, Run, RunNumbers } from "../domain/runs/run";

/**
 * Every event that is logged, and the details that its line carries besides the ids of its log: ids, codes and
 * counts. Alarms and queries go by these names, so a name stays what it is.
 */
interface LogEvents {
  // The API
  requestAnswered: { status: number | undefined };
  requestRefused: { status: number | undefined; code: string; field: string | undefined };
  requestFailed: Failure & { status?: number | undefined };
  connectionCreated: { connectionId: string; accountId: string };
  connectionUpdated: { connectionId: string; version: number };
  connectionVerified: { connectionId: string; code?: string | undefined };
  keyReplaced: { connectionId: string; keySource: string };
  signInNotRenewed: { connectionId: string; reason: string };
  signInNotRevoked: { connectionId: string | undefined; reason: string };
  secretLeftBehind: Failure & { connectionId: string };
  listCreated: { connectionId: string; listId: string };
  auditIncomplete: Failure & { auditId: string };
  nameNotKept: Failure;
  namesNotRead: Failure;
  connectionDeleted: { connectionId: string };
  connectionLeftBehind: Failure & { connectionId: string };
  exportCreated: { exportId: string; connectionId: string };
  exportUpdated: { exportId: string; version: number };
  exportDetached: { exportId: string; connectionId: string };
  exportDeleted: { exportId: string };
  runCanceled: { runId: string; userId: string };
  runRequested: Pick<Run, "mode" | "allowMassRemoval"> & {
    exportId: string;
    runId: string;
    reconcile: boolean;
    resubscribe: boolean;
  };
  allExportsRequested: { exports: number };
  systemScheduleSet: { active: boolean };
  exportsScheduled: { exports: number; change: string };
  sourceCreated: { sourceId: string; tables: number };
  sourceUpdated: { sourceId: string; version: number };
  sourceVerified: { sourceId: string; code: string };
  sourceDeleted: { sourceId: string };
  sourceNotListed: { sourceId: string; code: string };
  sourceStateNotNoted: { sourceId: string; error: unknown };
  segmentSettingsSet: { segment: string; columns: number };
  descriptionNotKept: Failure;
  readingsNotFound: Failure;
  rejectionsLinked: { runId: string; userId: string };
  /** `id` is of the item; `field` is the first at fault. */
  itemUnreadable: { kind: string; id: string; field: string };

  // Schedules
  dueExportsStarted: { exports: number; scheduledFor: string };
  refreshedExportStarted: { exportId: string; runId: string };
  refreshesNotFollowed: Failure & { exportId: string };
  segmentNotJudged: Failure & { segment: string };
  overdueMailed: { exportId: string; segment: string };
  lostStartsMailed: { starts: number };
  runStarted: { exportId: string; status: string };
  startDropped: { exportId: string; reason: string };
  runNotWatched: Failure & { runId: string };
  messageUnreadable: {
    step?: string | undefined;
    runId?: string | undefined;
    exportId?: string | undefined;
  };

  // Runs
  prepareDropped: { reason: string };
  preparePutOff: { attempt: number; code: string };
  runNotPrepared: { code: string };
  /** `kept` is false if the run ended meanwhile. */
  runPrepared: Partial<RunNumbers> & {
    leaving: number;
    chunks: number;
    removalChunks: number;
    kept: boolean;
  };
  stagingAbandoned: { staged: number; chunks: number };
  workerWoken: undefined;
  workerNotWoken: Failure;
  pushDropped: { reason: string };
  chunkSent: { jobId: string; refused: number };
  patienceShortened: { quota: string; family: string; runId: string | undefined };
  chunkRemoved: Partial<RemovalNumbers>;
  listRead: { parts: number; whole: boolean };
  chunkPutOff: { attempt: number; code: string };
  runStopped: { code: string };
  profilesRefused: { refused: number; leftOut: number };
  confirmDropped: { round: number };
  confirmationPutOff: { code: string };
  jobCancelled: { chunk: number; jobId: string; jobs: number };
  importErrorsUnread: { chunk: number; code: string };
  settleDropped: { reason: string };
  settlementRehearsed: undefined;
  rehearsalDropped: undefined;
  rehearsalFailed: Failure;
  snapshotsNotDeleted: Failure;
  settlePutOff: undefined;
  subscribeDropped: { done: number };
  subscribingPutOff: { attempt: number; code: string };
  subscribingGivenUp: { code: string };
  membersSubscribed: BatchNumbers;
  subscribersNotSettled: Failure;
  runEnded: RunNumbers & RemovalNumbers & { status: string; code?: string | undefined };
  runNotAnnounced: Failure & { runId: string };
  failureMailed: { runId: string; code: string };
  recoveryMailed: { runId: string; code: string };
  runStill: { runId: string; status: string; tooLong: boolean };

  previewRequested: { exportId: string; previewId: string };
  previewDropped: { reason: string };
  previewEnded: { status: string };

  // Queues
  messagePutOff: LogIds & Handling & { delaySeconds: number };
  messageNotPutOff: Failure;
  messageGivenUp: LogIds & Handling;
  troubleNotNoted: Failure;
  deadLetterPutBack: { step: string };
  messageRedelivered: { receiveCount: number };
  messageFailed: Failure & { receiveCount: number };
  deadLetter: {
    step: string;
    scheduledFor?: string;
    exportId?: string;
    previewId?: string;
    /** Whether its run is there. */
    found?: boolean;
  };
}

export type LogEvent = keyof LogEvents;

/** The details of an event, as an argument; left out of an event that has none. */
export type LogDetails<Event extends LogEvent> = LogEvents[Event] extends undefined
  ? []
  : [details: Readonly<LogEvents[Event]>];

/** What all lines of a log name. */
export interface LogIds {
  readonly requestId?: string;
  readonly messageId?: string;
  readonly route?: string;
  readonly userId?: string;
  readonly role?: string;
  readonly runId?: string;
  readonly chunk?: number;
  readonly exportId?: string;
  readonly previewId?: string;
  readonly scheduledFor?: string;
}

/** What was thrown; keys and addresses in it are taken out when it is written. */
interface Failure {
  error: unknown;
}
