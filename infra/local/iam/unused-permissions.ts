import type { GrantedPermission } from "./granted-permissions";

interface Unused {
  /** A pattern of `HOLDER ACTION`, `HOLDER ACTION STATEMENT` or `HOLDER ACTION STATEMENT on RESOURCE`. */
  readonly pattern: RegExp;
  readonly reason: string;
}

/**
 * What is granted and yet not used by any whole-system test, or only as chance has it, as when two do something at the
 * same time: each with its reason, all in this one place.
 */
const unused: readonly Unused[] = [
  { pattern: /^\S+ logs:/, reason: "Lambda writes a function's log with its role." },
  { pattern: /^\S+ xray:/, reason: "Lambda's tracing has no counterpart here." },
  {
    pattern: /^\S+ sqs:(GetQueueAttributes|GetQueueUrl|ChangeMessageVisibility)$/,
    reason:
      "Lambda's event source mapping asks for the first; CDK grants the others along with it.",
  },
  {
    pattern: /Delivery sqs:SendMessage$/,
    reason: "The scheduler keeps with it what it could not deliver, which it always can here.",
  },
  {
    pattern: /^\S+ sqs:SendMessage PutOff$/,
    reason:
      "What a function gives up it sends to its dead-letter queue, which it does after faults of its own or hours of AWS's trouble; `npm run outages` plays that in one process.",
  },
  {
    pattern: /^WatchRuns sqs:DeleteMessage SettleDeadLetters$/,
    reason:
      "No whole-system test waits until a message has failed so often that it is given up; unit tests and `npm run chaos` show what becomes of one.",
  },
  {
    pattern:
      /^WatchRuns (dynamodb:(GetItem MoveRun|PartiQLInsert)|sqs:SendMessage PassOn on (Start|Prepare|Settle)Queue)/,
    reason:
      "Only for a run that has not moved for a while and has lost its message of that step; the unit tests of the watch and `npm run histories` have such runs.",
  },
  {
    pattern: /^PrepareRun sqs:SendMessage PassOn on PrepareQueue$/,
    reason:
      "Only for a preparation that another holds, or that has to wait for Klaviyo or its segments; unit tests and `npm run chaos` have such runs.",
  },
  {
    pattern: /^PushChunks sqs:SendMessage PassOn on ConfirmQueue$/,
    reason: "Calls for the confirmation of a run whose key is refused between two of its chunks.",
  },
  {
    pattern: /^PushChunks sqs:SendMessage PassOn on SettleQueue$/,
    reason: "Only for a run of which no chunk reaches Klaviyo; `npm run chaos` has such runs.",
  },
  {
    pattern: /^(ExportsApi|PushChunks|ConfirmRun) dynamodb:UpdateItem NoteKeyFindings$/,
    reason: "Only when Klaviyo refuses a key that it took when the run was prepared.",
  },
  {
    pattern: /^SettleRun s3:PutObject StagedFiles$/,
    reason:
      "Only for a run that is so large that its end is written ahead; `npm run test:long` has such runs.",
  },
  {
    pattern: /^StartRuns (scheduler:|iam:PassRole)/,
    reason:
      "Takes a time out of the timetable that no export has any more, or puts one back that was missed; the store's tests do it.",
  },
  {
    pattern: /^SchedulesApi scheduler:UpdateSchedule/,
    reason:
      "Only where a schedule of the timetable exists already, when two set the same time at once.",
  },
  {
    pattern: /^ConnectionsApi dynamodb:(GetItem ForgetSnapshots|DeleteItem KeepAnswers)$/,
    reason:
      "Only when an export changes while its connection is deleted, and when a request that may be repeated ends in a fault of ours; the store's tests do it.",
  },
  {
    pattern:
      /^PushChunks secretsmanager:(GetSecretValue ReadKlaviyoApp|PutSecretValue KeepRenewedTokens)$/,
    reason:
      "Tokens are renewed by whichever function first meets them near their end; in the whole-system test that is another one.",
  },
  {
    pattern:
      /^((ExplanationsApi|ExportsApi|WatchRuns) s3:GetObject ReadExportFolders|(ExplanationsApi|ExportsApi|PrepareRun|SegmentsApi|WatchRuns) s3:ListBucket ListExportFolders)$/,
    reason:
      "The whole-system test's folder in S3 has a model.json that names its files; without that, folders are listed, which the adapter's tests do. Exports that follow refreshes, or are made while a segment is missing, read Azure there.",
  },
  {
    pattern:
      /^ExportsApi (secretsmanager:GetSecretValue ReadSourceCredentials|sts:GetWebIdentityToken ProveIdentityToEntra)$/,
    reason:
      "Only for an export that is made on another source's segments while they are missing; the use cases' tests have such exports.",
  },
  {
    pattern:
      /^ExplanationsApi (dynamodb:GetItem ReadRuns|secretsmanager:(GetSecretValue (ReadOwnSecrets|ReadKlaviyoApp|ReadSourceCredentials)|PutSecretValue KeepRenewedTokens))$/,
    reason:
      "Only for an export whose snapshot is lost, whose connection has the customer's own secret or a sign-in, or whose segments lie in another source; other functions' tests have such exports.",
  },
  {
    pattern: /^ExplanationsApi sts:GetWebIdentityToken ProveIdentityToEntra$/,
    reason:
      "Only for an export whose snapshot is lost, and whose segments lie in Azure; other functions' tests have such sources.",
  },
  {
    pattern: /^\S+ dynamodb:PutItem KeepNames$/,
    reason:
      "Only when somebody changes something whose token holds a name; the store's and the middleware's tests have such tokens.",
  },
  {
    pattern: /^SourcesApi dynamodb:\S+ KeepAnswers$/,
    reason:
      "Only for a request that carries an Idempotency-Key; whole-system tests of connections and exports send some.",
  },
  {
    pattern: /^(ConnectionsApi|SourcesApi) secretsmanager:RestoreSecret/,
    reason: "Only for a secret that somebody has scheduled for deletion; the store's tests do it.",
  },
];

/** Why a permission need not be used by a test; undefined when it must be. */
export function reasonUnused({
  holder,
  action,
  statement,
  resource,
}: GrantedPermission): string | undefined {
  const name = `${holder} ${action}`;
  const stated = `${name} ${statement.Sid ?? ""}`;
  const names = [name, stated, `${stated} on ${resource}`];
  return unused.find(({ pattern }) => names.some((name) => pattern.test(name)))?.reason;
}
