import type { GrantedPermission } from "./granted-permissions";

interface Unused {
  /** A pattern of `ACTION`, or of `HOLDER ACTION`. */
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
];

/** Why a permission need not be used by a test; undefined when it must be. */
export function reasonUnused({ holder, action }: GrantedPermission): string | undefined {
  return unused.find(({ pattern }) => pattern.test(`${holder} ${action}`))?.reason;
}
