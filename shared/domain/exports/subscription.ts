import * as z from "zod";
import { problemSchema, type Problem } from "../problems/problem";

/** The scope that a key needs besides the others for an export that subscribes its members. */
export const SUBSCRIPTION_SCOPE = "subscriptions:write";

/** Klaviyo API reference, bulk subscribe: at most 1,000 profiles a call. */
export const SUBSCRIPTION_BATCH_PROFILES = 1_000;

/** The wording that a person agrees to when an export begins to subscribe; the version is kept with it. */
export const SUBSCRIPTION_WORDING = {
  version: "2026-11",
  text:
    "I acknowledge that this export subscribes the members of its segments to email marketing in Klaviyo; " +
    "that each of them has given us consent to that, which we can prove; and that members who have " +
    "unsubscribed stay so, unless a person starts a run that subscribes them again, having obtained " +
    "their consent anew.",
} as const;

const customSource = z.string().trim().min(1).max(200).optional();

/** Klaviyo's double opt-in and “added to list” flows apply, as the list is set in Klaviyo. */
const newConsentSchema = z.strictObject({ historicalImport: z.literal(false), customSource });

/**
 * Consent that was collected before: Klaviyo sends no mail to confirm it and starts no flow for it, and
 * wants to know when it was given (Klaviyo API reference, bulk subscribe).
 */
const historicalConsentSchema = z.strictObject({
  historicalImport: z.literal(true),
  /** The segment field that holds when the member consented; who has no usable time is not subscribed. */
  consentedAtField: z.string().min(1).max(300),
  customSource,
});

/** What a person sets for an export to subscribe its members to email marketing. */
export const subscriptionSettingsSchema = z.discriminatedUnion("historicalImport", [
  newConsentSchema,
  historicalConsentSchema,
]);

const agree = z.boolean().optional();

/** The same as it is sent, with the acknowledgement, which switching it on takes. */
export const subscriptionRequestSchema = z.discriminatedUnion("historicalImport", [
  newConsentSchema.extend({ agree }),
  historicalConsentSchema.extend({ agree }),
]);
export type SubscriptionRequest = z.infer<typeof subscriptionRequestSchema>;

/** Who acknowledged what an export's subscribing means, when, and in which words. */
const acknowledgementSchema = z.object({
  agreedBy: z.string(),
  agreedAt: z.iso.datetime(),
  wordingVersion: z.string(),
  wording: z.string(),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** The same as an export keeps it: there is none without its acknowledgement. */
export const subscriptionSchema = z.discriminatedUnion("historicalImport", [
  newConsentSchema.extend({ acknowledgement: acknowledgementSchema }),
  historicalConsentSchema.extend({ acknowledgement: acknowledgementSchema }),
]);
export type Subscription = z.infer<typeof subscriptionSchema>;

const count = z.number().int().nonnegative();

/**
 * What became of the members that a run was to subscribe. At the end requested = accepted + uncertain +
 * alreadySubscribed + excludedUnsubscribed + excludedSuppressed + excludedWithoutConsent +
 * excludedConsentUnclear + excludedWithoutConsentTime + failed.
 */
export const subscriptionNumbersSchema = z.object({
  /** Members on the list that this export has not asked Klaviyo to subscribe before. */
  requested: count,
  /** Klaviyo took the request. What became of it Klaviyo does not tell: there is no job to ask for. */
  accepted: count,
  /**
   * Klaviyo was asked and did not answer. They are not asked for again, since the list sends a mail to be
   * confirmed, and nobody is to get a second one.
   */
  uncertain: count.default(0),
  /** Were subscribed already, or were sent a mail to confirm it before, so nothing was asked for. */
  alreadySubscribed: count,
  /** Have unsubscribed, and stay so. */
  excludedUnsubscribed: count,
  /** Mails to them are suppressed in Klaviyo, such as after a bounce or a spam complaint. */
  excludedSuppressed: count,
  /** Refuse, by the field that the mapping names for consent. */
  excludedWithoutConsent: count.default(0),
  /** Neither agree nor refuse by it, such as with an empty cell. */
  excludedConsentUnclear: count.default(0),
  /** Of a historical import: no usable time of consent in the row. */
  excludedWithoutConsentTime: count,
  /** Could not be asked for; the next run tries them again. */
  failed: count,
});
export type SubscriptionNumbers = z.infer<typeof subscriptionNumbersSchema>;

export const noSubscriptions: SubscriptionNumbers = {
  requested: 0,
  accepted: 0,
  uncertain: 0,
  alreadySubscribed: 0,
  excludedUnsubscribed: 0,
  excludedSuppressed: 0,
  excludedWithoutConsent: 0,
  excludedConsentUnclear: 0,
  excludedWithoutConsentTime: 0,
  failed: 0,
};

/** How far a run has come with subscribing. One worker at a time goes on with it. */
export const subscriptionProgressSchema = z.object({
  /** Batches of up to 1,000 members, counted from 1; those up to `done` are over. */
  batches: count,
  done: count,
  /** Until when (milliseconds since 1970) a worker holds it; another may then take it over. */
  leaseUntil: z.number(),
  numbers: subscriptionNumbersSchema,
  /** Why some could not be asked for. */
  problem: problemSchema.optional(),
  /** The account in which they are asked for. */
  accountId: z.string().optional(),
  /** Whom the export had asked for before is lost, so all are asked for again who are not subscribed. */
  forgotten: z.literal(true).optional(),
});
export type SubscriptionProgress = z.infer<typeof subscriptionProgressSchema>;

/** A member that is to be subscribed. */
export const subscriberSchema = z.object({
  email: z.string(),
  /** Historical imports only. */
  consentedAt: z.iso.datetime().optional(),
  /**
   * Klaviyo has been asked before, and a person wants those subscribed again who have unsubscribed. Others
   * are left alone: they may have been sent a mail to confirm, and need not have a second.
   */
  askedBefore: z.boolean().optional(),
});
export type Subscriber = z.infer<typeof subscriberSchema>;

/** A batch's part in the numbers. */
const batchNumbersSchema = subscriptionNumbersSchema.omit({
  requested: true,
  excludedWithoutConsent: true,
  excludedConsentUnclear: true,
  excludedWithoutConsentTime: true,
});
export type BatchNumbers = z.infer<typeof batchNumbersSchema>;

/**
 * How far a batch has come: for a worker that takes it over, and for the next run. It is written before
 * Klaviyo is asked and again after it has answered, so that a crash in between leaves a trace.
 */
export const subscriptionOutcomeSchema = z.object({
  /** `asking`: Klaviyo is being asked, or was, and nobody knows the answer. `notAsked`: it was not after all. */
  state: z.enum(["asking", "notAsked", "over"]),
  /** Need not be asked for again: Klaviyo took the request, or may have, or they were subscribed. */
  settled: z.array(z.string()),
  /** Have unsubscribed, or are suppressed. */
  excluded: z.array(z.string()),
  /** Who is being asked for. */
  asking: z.array(z.string()),
  /** They must not be asked for a second time: the list would send them a second mail to be confirmed. */
  once: z.boolean(),
  /** Those who are being asked for are in none of them. */
  numbers: batchNumbersSchema,
  problem: problemSchema.optional(),
});
export type SubscriptionOutcome = z.infer<typeof subscriptionOutcomeSchema>;

/** What Klaviyo says of a profile and email marketing. */
export interface EmailConsent {
  /** Lower case. */
  readonly email: string;
  /** Klaviyo names no values but gives `SUBSCRIBED` as an example; `UNSUBSCRIBED` and others are known. */
  readonly consent: string;
  /** Why mails are suppressed, for all lists or for one. */
  readonly suppressions: readonly string[];
}

/**
 * What is to be done with a member, going by what Klaviyo says of them now. Subscribing lifts unsubscriptions
 * and most suppressions (Klaviyo API reference), so whoever has one must not be in a request. `resubscribe`
 * lets those through who unsubscribed or were suppressed by hand; never those whose mails bounced or who
 * complained about spam. Who isn't found is not known to be willing.
 */
export function verdictOn(
  { askedBefore = false }: Pick<Subscriber, "askedBefore">,
  found: EmailConsent | undefined,
  resubscribe: boolean,
): "subscribe" | "alreadySubscribed" | "excludedUnsubscribed" | "excludedSuppressed" | "failed" {
  if (found === undefined) {
    return "failed";
  }
  const unsubscribed = isUnsubscribed(found);
  const byOthers = found.suppressions.filter((reason) => !byWill.has(reason));
  if (byOthers.length > 0) {
    return "excludedSuppressed";
  }
  if (unsubscribed || found.suppressions.length > 0) {
    if (resubscribe) {
      return "subscribe";
    }
    return unsubscribed ? "excludedUnsubscribed" : "excludedSuppressed";
  }
  return found.consent === "SUBSCRIBED" || askedBefore ? "alreadySubscribed" : "subscribe";
}

/** Suppressions that somebody asked for; all others, also those not known here, say that mails do harm. */
const byWill: ReadonlySet<string> = new Set(["UNSUBSCRIBE", "UNSUBSCRIBED", "USER_SUPPRESSED"]);

/** Whether a person has unsubscribed from emails. */
export function isUnsubscribed({
  consent,
  suppressions,
}: Pick<EmailConsent, "consent" | "suppressions">): boolean {
  return (
    (consent !== "SUBSCRIBED" && consent !== "NEVER_SUBSCRIBED") ||
    suppressions.some((reason) => reason === "UNSUBSCRIBE" || reason === "UNSUBSCRIBED")
  );
}

/** Those of whom nothing became are over, as failed. */
export function givenUp(progress: SubscriptionProgress, reason: Problem): SubscriptionProgress {
  return {
    ...progress,
    done: progress.batches,
    numbers: withRestFailed(progress.numbers),
    problem: reason,
  };
}

/** The numbers with everybody counted as failed of whom nothing became. */
function withRestFailed(numbers: SubscriptionNumbers): SubscriptionNumbers {
  const { requested, failed: _before, ...others } = numbers;
  const known = Object.values(others).reduce((sum, each) => sum + each, 0);
  return { ...numbers, failed: requested - known };
}
