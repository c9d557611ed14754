import * as z from "zod";

/** Who can put it right: the caller or their data, Klaviyo or the network, or this system's operators. */
export const culpritSchema = z.enum(["user", "external", "system"]);

/**
 * Everything that can go wrong, in one place. `code` is stable and documented; `what` says what
 * happened and `remedy` what to do, each as one sentence. `{name}` is replaced by the parameter of that
 * name. Parameters never hold an API key or an email address.
 */
const definitions = {
  // The request
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
    what: "The connection is used by {count} exports: {exports}.",
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
  exportRunning: {
    culprit: "user",
    what: "The export is already running: run {runId}.",
    remedy: "Wait until that run has ended, then start again.",
  },
  reportNotAvailable: {
    culprit: "user",
    what: "Run {runId} has no rejection report: {reason}.",
    remedy: "Ask again when the run has ended, or see the run's problem.",
  },

  // Klaviyo account, key and list
  keyRefused: {
    culprit: "user",
    what: "Klaviyo does not accept the connection's API key.",
    remedy: "Make a new private key in Klaviyo and give it to the connection.",
  },
  scopesMissing: {
    culprit: "user",
    what: "The API key lacks these scopes: {scopes}.",
    remedy:
      "Make a private key with these scopes in Klaviyo (scopes of a key can't be changed later).",
  },
  secretUnreadable: {
    culprit: "system",
    what: "The connection's API key could not be read from Secrets Manager.",
    remedy: "Give the connection its key again, or have the operators look after the secret.",
  },
  ownSecretUnreadable: {
    culprit: "user",
    what: "The secret of your own that holds the API key can't be read, or holds no Klaviyo API key.",
    remedy:
      "Check that it exists in this system's region, carries the tag klaviyo-segment-export=read, and holds the key, as text or as the property apiKey of a JSON object.",
  },
  ownSecretInUse: {
    culprit: "user",
    what: "The connection reads its API key from a secret of your own and can't go back to a typed key.",
    remedy: "Change the key in that secret, or make a new connection.",
  },
  accountMismatch: {
    culprit: "user",
    what: "The API key belongs to Klaviyo account {found}, the connection to {expected}.",
    remedy:
      "Use a key of the connection's account, or make a new connection for the other account.",
  },
  listNotFound: {
    culprit: "user",
    what: "The Klaviyo account has no list with id {listId}.",
    remedy: "Choose a list that exists; its id is in the list's settings in Klaviyo.",
  },
  klaviyoUnavailable: {
    culprit: "external",
    what: "Klaviyo could not be reached or did not answer usefully: {reason}.",
    remedy: "Try again later; Klaviyo's status page says whether it has trouble.",
  },
  klaviyoRefused: {
    culprit: "external",
    what: "Klaviyo refused the request: {reason}.",
    remedy: "See the reason; if it names no profile, tell the operators of this system.",
  },
  jobCancelled: {
    culprit: "external",
    what: "Klaviyo cancelled the import job {attempts} times.",
    remedy: "Start the run again; if it happens again, ask Klaviyo's support.",
  },

  // Segments and their files
  segmentMissing: {
    culprit: "user",
    what: "Segment “{segment}” does not exist or has no files.",
    remedy: "Put the segment's files in place, or choose another segment for the export.",
  },
  segmentEmpty: {
    culprit: "user",
    what: "The segments of the export hold no profiles.",
    remedy: "Refresh the segment, then start the run again.",
  },
  segmentChanged: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” was replaced, added or removed while the segment was being read.",
    remedy: "Start the run again when the segment's refresh has ended.",
  },
  segmentUnreadable: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” can't be read: {reason}.",
    remedy:
      "Write the file again as CSV, NDJSON or Parquet (plain or gzip), then start the run again.",
  },
  fieldMissing: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has no field “{field}”; it has {fields}.",
    remedy: "Map one of the fields that are there, or put the field into the file.",
  },
  fieldRepeated: {
    culprit: "user",
    what: "File “{file}” of segment “{segment}” has several fields called “{field}”; the first is used.",
    remedy: "Give the file's fields different names if another of them is meant.",
  },
  valuesDropped: {
    culprit: "user",
    what: "{count} profiles go without {attribute}: field “{field}” {text}.",
    remedy: "Correct these values in the segment, or change the mapping.",
  },
  noValidEmail: {
    culprit: "user",
    what: "None of the {rows} rows has a valid email address in field “{field}”.",
    remedy: "Check that the mapped field is the one that holds email addresses.",
  },
  overProfileLimit: {
    culprit: "user",
    what: "The export has {members} members, more than the connection's limit of {limit}.",
    remedy:
      "Choose smaller segments, or raise the connection's profile limit to your Klaviyo contract's.",
  },
  snapshotUnreadable: {
    culprit: "system",
    what: "The snapshot of what Klaviyo has confirmed could not be read, so all members are sent.",
    remedy: "Nothing needs to be done: this run makes a new snapshot.",
  },
  removalGuard: {
    culprit: "user",
    what: "{leaving} profiles have left the segments, and {percent} % of the list's {listed} profiles would be removed, so nothing was sent and nobody removed.",
    remedy:
      "Check the segments; if they are right, start the export with allowMassRemoval set to true.",
  },
  listMirrored: {
    culprit: "user",
    what: "The Klaviyo list {listId} is used by export “{displayName}” ({exportId}) too, and an export in sync mode mirror must be the only one of its list.",
    remedy: "Choose another list, or set both exports to sync mode upsert.",
  },

  // Runs
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
  profilesUnremoved: {
    culprit: "system",
    what: "{unremoved} of {leaving} profiles that left the segments could not be taken off the list.",
    remedy: "Start the run again: who was not removed is tried again.",
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
} as const satisfies Record<
  string,
  { culprit: z.infer<typeof culpritSchema>; what: string; remedy: string }
>;

/** A stable code of the catalogue above. */
export type ProblemCode = keyof typeof definitions;

/** Values that fill the message and can be read by programs. Never a key or an email address. */
export type ProblemParams = Record<string, string | number>;

export const problemCodeSchema = z
  .string()
  .refine((code): code is ProblemCode => Object.hasOwn(definitions, code), "not a known code");

/** What a run that did not end well carries, and the body of an error answer is made from. */
export const problemSchema = z.object({
  culprit: culpritSchema,
  code: problemCodeSchema,
  /** What happened and what to do, as two sentences. */
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Problem = z.infer<typeof problemSchema>;

/** Makes the problem of a code, its message filled with the parameters. */
export function problem(code: ProblemCode, params: ProblemParams = {}): Problem {
  const { culprit, what, remedy } = definitions[code];
  const valueOf = (placeholder: string, name: string) => String(params[name] ?? placeholder);
  const message = `${what} ${remedy}`.replace(/\{(\w+)\}/g, valueOf);
  return { culprit, code, message, params };
}

/** The catalogue as data, for documentation and for tests that walk it. */
export const problemCatalogue: Readonly<
  Record<string, { culprit: z.infer<typeof culpritSchema>; what: string; remedy: string }>
> = definitions;

/**
 * Thrown by use cases and adapters when something can't be done; knows nothing of HTTP.
 * `field` is the JSON pointer of the request's field at fault, where there is one.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly problem: Problem;
  readonly field: string | undefined;

  constructor(code: ProblemCode, params: ProblemParams = {}, field?: string) {
    const made = problem(code, params);
    super(made.message);
    this.problem = made;
    this.field = field;
  }
}
