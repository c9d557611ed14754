import type { GrantedPermission } from "./granted-permissions";

interface Unused {
  /** A pattern of `HOLDER ACTION`, or of `HOLDER ACTION STATEMENT`. */
  readonly pattern: RegExp;
  readonly reason: string;
}

/** What is granted and yet not used by any test here: each with its reason, all in this one place. */
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
    pattern: /^SettleDeadLetters sqs:SendMessage PassOn$/,
    reason: "A dead letter is put back only if SQS refused to take its message anew.",
  },
];

/** Why a permission need not be used by a test; undefined when it must be. */
export function reasonUnused({ holder, action, statement }: GrantedPermission): string | undefined {
  const names = [`${holder} ${action}`, `${holder} ${action} ${statement.Sid ?? ""}`];
  return unused.find(({ pattern }) => names.some((name) => pattern.test(name)))?.reason;
}
