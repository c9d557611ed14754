/** What can become of runs and their chunks. */
export const runProblems = {
  noConnectionAttached: {
    culprit: "user",
    what: "The export has no connection.",
    remedy: "Attach a connection to the export.",
  },
  previousRunGoing: {
    culprit: "user",
    what: "The export's previous run {runId} had not ended.",
    remedy: "Nothing needs to be done; if it happens often, let the export run less often.",
  },
  tooManyRejected: {
    culprit: "user",
    what: "The run rejected {rejected} rows, more than the export's threshold of {threshold}.",
    remedy: "See the run's rejection report, and correct the rows or raise the threshold.",
  },
  connectionDetached: {
    culprit: "user",
    what: "The export was detached from its connection before the run had ended.",
    remedy: "Attach a connection to the export if it is to run again.",
  },
  connectionRemoved: {
    culprit: "user",
    what: "The connection was removed before the run had ended.",
    remedy: "Attach another connection to the export if it is to run again.",
  },
  exportDeleted: {
    culprit: "user",
    what: "The export was deleted while it was running.",
    remedy: "Nothing needs to be done.",
  },
  runCanceled: {
    culprit: "user",
    what: "The run was canceled.",
    remedy: "Start the export again when the rest is to be sent: what was not sent is tried again.",
  },
  runEnded: {
    culprit: "user",
    what: "Run {runId} has ended: {status}.",
    remedy: "Nothing needs to be done.",
  },
  stagingInterrupted: {
    culprit: "system",
    what: "A part of the run was not sent: its making was interrupted, and its segments have changed since.",
    remedy: "Start the run again: what was not sent is tried again.",
  },
  chunkUnsent: {
    culprit: "system",
    what: "The profile's part of the run could not be sent after all retries.",
    remedy: "Start the run again: what was not sent is tried again.",
  },
  profilesUnsent: {
    culprit: "system",
    what: "{unsent} of {members} profiles could not be sent.",
    remedy: "Start the run again: what was not sent is tried again.",
  },
  awsUnavailable: {
    culprit: "external",
    what: "AWS has not done since {since} what this system asks of it ({what}).",
    remedy:
      "Nothing needs to be done while the run goes on: it waits for hours; if it has failed, start it again when AWS is well.",
  },
  runStalled: {
    culprit: "system",
    what: "The run stopped moving and was ended.",
    remedy: "Start the run again; if it happens again, see the functions' logs.",
  },
  internalError: {
    culprit: "system",
    what: "Something went wrong inside the system.",
    remedy: "Try again; if it happens again, give the request id to the operators.",
  },
} as const;
