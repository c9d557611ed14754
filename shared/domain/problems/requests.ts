/** What can be wrong with a request to the API. */
export const requestProblems = {
  invalidRequest: {
    culprit: "user",
    what: "The request is not valid: {reason}.",
    remedy: "Correct the field and send the request again.",
  },
  mediaTypeUnsupported: {
    culprit: "user",
    what: "The request's body is not said to be JSON.",
    remedy: "Send JSON with the header content-type: application/json.",
  },
  requestTooLarge: {
    culprit: "user",
    what: "The request's body is larger than {limit} bytes.",
    remedy: "Send a smaller body.",
  },
  versionStale: {
    culprit: "user",
    what: "What you are changing is no longer at the version that If-Match names.",
    remedy: "Read it again, then send your change with the ETag of that answer.",
  },
  idempotencyKeyReused: {
    culprit: "user",
    what: "The Idempotency-Key has been used for another request.",
    remedy: "Use a new key for every request that is not a repetition.",
  },
  idempotencyKeyBusy: {
    culprit: "user",
    what: "A request with this Idempotency-Key is still being answered.",
    remedy: "Wait a few seconds, then repeat the request with the same key.",
  },
  notAuthenticated: {
    culprit: "user",
    what: "The request carries no usable identity.",
    remedy: "Sign in and send a valid access token.",
  },
  notPermitted: {
    culprit: "user",
    what: "Your role does not allow this: it takes {role}.",
    remedy: "Ask an administrator to do it or to change your role.",
  },
  connectionNotFound: {
    culprit: "user",
    what: "There is no connection with id {connectionId} that you may use.",
    remedy: "List the connections to see their ids, or ask an administrator to share one.",
  },
  exportNotFound: {
    culprit: "user",
    what: "There is no export with id {exportId}.",
    remedy: "List the exports to see their ids.",
  },
  runNotFound: {
    culprit: "user",
    what: "There is no run with id {runId}.",
    remedy: "List the runs of the export to see their ids.",
  },
  previewNotFound: {
    culprit: "user",
    what: "The export has no preview with id {previewId}: previews are kept for an hour.",
    remedy: "Ask for another preview.",
  },
  routeNotFound: {
    culprit: "user",
    what: "There is nothing at {method} {path}.",
    remedy: "See the API's description for the paths that exist.",
  },
  displayNameTaken: {
    culprit: "user",
    what: "Another connection is already called “{displayName}”.",
    remedy: "Choose another display name.",
  },
  connectionInUse: {
    culprit: "user",
    what: "The connection is used by {count} exports: {named}.",
    remedy: "Delete or detach these exports first.",
  },
  connectionChanged: {
    culprit: "user",
    what: "The connection was changed by somebody else meanwhile.",
    remedy: "Read the connection again, then send your change.",
  },
  noConnectionAvailable: {
    culprit: "user",
    what: "There is no connection that you may use.",
    remedy: "Ask an administrator to make one or to share one.",
  },
  exportChanged: {
    culprit: "user",
    what: "The export was changed by somebody else meanwhile.",
    remedy: "Read the export again, then send your change.",
  },
  scheduleChanged: {
    culprit: "user",
    what: "The system refresh was changed by somebody else meanwhile.",
    remedy: "Read the schedule again, then send your change.",
  },
  segmentSettingsChanged: {
    culprit: "user",
    what: "The segment's settings were changed by somebody else meanwhile.",
    remedy: "Read the segment's settings again, then send your change.",
  },
  exportRunning: {
    culprit: "user",
    what: "The export is already running: run {runId}.",
    remedy: "Wait until that run has ended, then start again.",
  },
  itemUnreadable: {
    culprit: "system",
    what: "This version of the system can't read the {kind} {id} as it is stored: {attribute}.",
    remedy: "Deploy the version that wrote it, or restore it; everything else goes on meanwhile.",
  },
  previewRunning: {
    culprit: "user",
    what: "A preview of the export that you asked for is under way: {previewId}.",
    remedy: "Look at that one; when it has ended, ask for another.",
  },
  reportExpired: {
    culprit: "user",
    what: "The rejection report of run {runId} is no longer kept.",
    remedy: "Start the export again with mode full: its report lists whoever is rejected then.",
  },
  reportNotAvailable: {
    culprit: "user",
    what: "Run {runId} has no rejection report: {reason}.",
    remedy: "Ask again when the run has ended, or see the run's problem.",
  },
} as const;
