import { isTerminal } from "../../../../../shared/domain/runs/run";
import type { ReportedRejection } from "../../../../../shared/domain/runs/rejection";
import type { RunAnswer } from "../../../api/queries/runs";

type SubscriptionPart = Exclude<keyof NonNullable<RunAnswer["subscriptions"]>, "requested">;

/** What a part of an account counts, by the name that the API gives it. */
export type PartName =
  | "blank"
  | "invalid"
  | "duplicates"
  | "members"
  | "unchanged"
  | "imported"
  | "refused"
  | "unsent"
  | "removed"
  | "notFound"
  | "unremoved"
  | SubscriptionPart;

/** A part of a sum. */
interface AccountPart {
  readonly name: PartName;
  readonly count: number;
  /** The category of the part's rows in the rejection report, where it has any there. */
  readonly category?: ReportedRejection["category"];
}

/** One sum of a run's account, as the API gives its numbers. */
export interface AccountSum {
  readonly whole: "rows" | "members" | "leaving" | "requested";
  readonly total: number;
  readonly parts: readonly AccountPart[];
  /** What the parts leave of the whole: while the run is going, what is not settled yet. */
  readonly open: number;
  /** `addsNot`: the parts come to more than the whole, or to less though the run has ended. */
  readonly state: "adds" | "open" | "addsNot";
}

/**
 * The sums of a run's account, none before anything has been counted. They are reckoned again here, so that a mistake
 * in them shows.
 */
export function accountOf({
  status,
  numbers,
  removals,
  subscriptions,
}: Pick<RunAnswer, "status" | "numbers" | "removals" | "subscriptions">): readonly AccountSum[] {
  const ended = isTerminal(status);
  const { blank, invalid, duplicates, members, unchanged, imported, refused, unsent } = numbers;
  const sums = [
    sumOf("rows", numbers.rows, ended, [
      { name: "blank", count: blank, category: "blank" },
      { name: "invalid", count: invalid, category: "invalid" },
      { name: "duplicates", count: duplicates, category: "duplicate" },
      { name: "members", count: members },
    ]),
    sumOf("members", members, ended, [
      { name: "unchanged", count: unchanged },
      { name: "imported", count: imported },
      { name: "refused", count: refused, category: "refused" },
      { name: "unsent", count: unsent, category: "unsent" },
    ]),
    sumOf("leaving", removals.leaving, ended, [
      { name: "removed", count: removals.removed },
      { name: "notFound", count: removals.notFound },
      { name: "unremoved", count: removals.unremoved, category: "unremoved" },
    ]),
    ...(subscriptions === undefined ? [] : [subscriptionSum(subscriptions, ended)]),
  ];
  return sums.filter(({ total, parts }) => total > 0 || parts.some(({ count }) => count > 0));
}

const subscriptionParts = [
  "accepted",
  "uncertain",
  "alreadySubscribed",
  "excludedUnsubscribed",
  "excludedSuppressed",
  "excludedWithoutConsent",
  "excludedConsentUnclear",
  "excludedWithoutConsentTime",
  "failed",
] as const satisfies readonly SubscriptionPart[];

function subscriptionSum(
  subscriptions: NonNullable<RunAnswer["subscriptions"]>,
  ended: boolean,
): AccountSum {
  return sumOf(
    "requested",
    subscriptions.requested,
    ended,
    subscriptionParts.map((name) => ({ name, count: subscriptions[name] })),
  );
}

function sumOf(
  whole: AccountSum["whole"],
  total: number,
  ended: boolean,
  parts: readonly AccountPart[],
): AccountSum {
  const open = total - parts.reduce((sum, { count }) => sum + count, 0);
  return { whole, total, parts, open, state: stateOf(open, ended) };
}

function stateOf(open: number, ended: boolean): AccountSum["state"] {
  if (open === 0) {
    return "adds";
  }
  return open < 0 || ended ? "addsNot" : "open";
}
