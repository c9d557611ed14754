import type { LogEvent } from "../ports";

/** The sentence that the line of each event carries. */
export const sentences: Readonly<Record<LogEvent, string>> = {
  // The API
  requestAnswered: "A request was answered.",
  requestRefused: "A request was refused.",
  requestFailed: "A request could not be answered.",
  connectionCreated: "A connection was made.",
  connectionUpdated: "A connection was changed.",
  connectionVerified: "A connection's key was tried again.",
  keyReplaced: "A connection was given another key.",
  signInNotRenewed: "The tokens of a sign-in could not be renewed yet; they are good for a while.",
  signInNotRevoked: "A sign-in that nobody uses any more could not be ended in Klaviyo.",
  secretLeftBehind:
    "A secret that is no longer used could not be deleted; its connection names it.",
  listCreated: "A Klaviyo list was made.",
  nameNotKept: "The name of a user who changes something could not be kept.",
  namesNotRead: "The names of users could not be read; an answer goes without them.",
  auditIncomplete: "The outcome of a change could not be written into the audit log.",
  connectionDeleted: "A connection was deleted.",
  connectionLeftBehind: "A connection that could not be made was not cleaned up completely.",
  exportCreated: "An export was made.",
  exportUpdated: "An export was changed.",
  exportDetached: "An export was detached from its connection.",
  exportDeleted: "An export was deleted.",
  runCanceled: "A run was canceled.",
  runRequested: "A run was started on demand.",
  allExportsRequested: "All exports with an active schedule were started on demand.",
  systemScheduleSet: "The system schedule was set.",
  exportsScheduled: "The schedules of exports were set.",
  sourceCreated: "Source of segments added",
  sourceUpdated: "Source of segments changed",
  sourceVerified: "Source of segments looked at again",
  sourceDeleted: "Source of segments removed",
  sourceNotListed: "Segments of a source can't be listed",
  sourceStateNotNoted: "In what state a run found a source could not be kept",
  segmentSettingsSet: "How a segment's files are read was set.",
  readingsNotFound:
    "How the fields of an export's segments are written could not be looked up; its answer does not say what is unclear.",
  descriptionNotKept: "What was read of a segment could not be kept; it is read again next time.",
  rejectionsLinked: "A link to a rejection report was given out.",

  itemUnreadable:
    "What is stored can't be read by this version; it is left out, and everything else goes on.",

  // Schedules
  dueExportsStarted: "The exports that were due at an instant were sent on to start.",
  refreshedExportStarted: "An export was started because all of its segments had been refreshed.",
  refreshesNotFollowed:
    "Whether an export's segments were refreshed could not be told; it is looked at again in a minute.",
  segmentNotJudged:
    "What there is of a segment could not be told; exports that follow its refreshes wait.",
  overdueMailed: "Administrators were told that a segment was not refreshed in time.",
  lostStartsMailed: "Administrators were told of starts that were given up.",
  runStarted: "A run was started.",
  startDropped: "A start was dropped.",
  runNotWatched:
    "A run that stands still could not be moved on; the watch went on with the others.",
  messageUnreadable: "A message that no version here can read was taken off its queue.",

  // Runs
  prepareDropped: "A message to prepare a run was dropped.",
  preparePutOff: "A run is prepared later, since Klaviyo can't be asked now.",
  runNotPrepared: "A run was ended before anything was sent.",
  runPrepared: "A run was prepared.",
  stagingAbandoned: "What an interrupted worker left of a run's chunks can't be staged any more.",
  workerWoken: "A worker that pushes chunks has started, ahead of the first chunk.",
  workerNotWoken:
    "A worker that was to start ahead of the first chunk could not; a later one does.",
  pushDropped: "A message to push a chunk was dropped.",
  chunkSent: "Klaviyo took a chunk as an import job.",
  patienceShortened:
    "Klaviyo asked to be called again after more than an hour; it is asked again after an hour.",
  chunkRemoved: "Profiles that left the segments were taken off the list.",
  listRead: "A part of the list was read, since the snapshot is lost.",
  chunkPutOff: "A chunk is tried again later.",
  runStopped: "A run sends no further chunk.",
  profilesRefused: "Klaviyo refused profiles of a chunk; the others are sent without them.",
  confirmDropped: "A message to confirm a run was dropped.",
  confirmationPutOff: "Klaviyo is asked again later what became of a run's jobs.",
  jobCancelled: "Klaviyo cancelled an import job.",
  importErrorsUnread: "An import job's errors could not be read to the end.",
  settleDropped: "A message to settle a run was dropped.",
  settlementRehearsed: "A run's report and snapshot were written ahead of its end.",
  rehearsalDropped: "A message to write a run's result ahead of its end was dropped.",
  rehearsalFailed:
    "A run's result could not be written ahead of its end; it is written at the end.",
  snapshotsNotDeleted:
    "Snapshots that are no longer used could not be deleted; the next run does it.",
  settlePutOff: "A run is settled once more when its members have been subscribed.",
  subscribeDropped: "A message to subscribe a run's members was dropped.",
  subscribingPutOff: "A run's members are subscribed later, since Klaviyo can't be asked now.",
  subscribingGivenUp: "The rest of a run's members is not subscribed.",
  membersSubscribed: "A run's members were subscribed, as far as they could be.",
  subscribersNotSettled: "A run's subscribers could not be found out or kept.",
  runEnded: "A run ended.",
  runNotAnnounced: "A run's end could not be announced; it is tried again.",
  failureMailed: "Administrators were told that an export fails.",
  recoveryMailed: "Administrators were told that an export has recovered.",
  runStill: "A run has not moved for long.",

  previewRequested: "A preview was asked for.",
  previewDropped: "A message to make a preview was dropped.",
  previewEnded: "A preview ended.",

  // Queues
  messagePutOff:
    "A message could not be handled and is put off: AWS is in trouble, or something failed inside the system.",
  messageNotPutOff: "SQS did not take a message anew; the message itself comes back.",
  messageGivenUp: "A message is tried no more and is handed to those that settle dead letters.",
  troubleNotNoted: "What a run waits for could not be written down.",
  deadLetterPutBack: "A dead letter is tried again, since AWS was in trouble.",
  messageRedelivered: "A message is delivered again, since its worker failed or was too slow.",
  messageFailed: "A message could not be handled and comes back.",
  deadLetter: "A message that could not be handled was given up.",
};
