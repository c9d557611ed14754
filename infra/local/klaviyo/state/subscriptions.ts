import type { List, ListStore } from "./lists";
import type { ProfileStore } from "./profiles";
import { timestamp } from "../json";

/** Klaviyo API reference, `EmailMarketing`: what a profile has said to email marketing. */
type EmailConsent = "NEVER_SUBSCRIBED" | "SUBSCRIBED" | "UNSUBSCRIBED";
/** Klaviyo API reference, `EmailMarketingSuppression`. */
export type SuppressionReason =
  | "HARD_BOUNCE"
  | "INVALID_EMAIL"
  | "SPAM_COMPLAINT"
  | "UNSUBSCRIBE"
  | "USER_SUPPRESSED";

interface Suppression {
  readonly reason: SuppressionReason;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface EmailSubscription {
  readonly consent: EmailConsent;
  /** Milliseconds since 1970; undefined while nothing was ever said. */
  readonly consentedAt?: number | undefined;
  readonly changedAt?: number | undefined;
  readonly customSource?: string | undefined;
  readonly doubleOptIn?: boolean | undefined;
  readonly suppressions: readonly Suppression[];
  readonly listSuppressions: readonly { readonly listId: string; readonly at: number }[];
}

interface SubscribedProfile {
  readonly email: string;
  /** Milliseconds; given in historical imports only. */
  readonly consentedAt?: number | undefined;
}

/** A subscribe job as it was accepted. */
export interface SubscriptionJob {
  readonly listId: string | undefined;
  readonly historicalImport: boolean;
  readonly customSource: string | undefined;
  readonly profiles: readonly SubscribedProfile[];
  readonly acceptedAt: number;
  /** Profiles that were sent a mail to confirm instead of being subscribed. */
  confirmationMails: number;
  done: boolean;
}

/** What people of one account have said to email marketing. Whoever is not kept never said anything. */
export interface SubscriptionStore {
  readonly jobs: readonly SubscriptionJob[];
  of(profile: number): EmailSubscription;
  subscribe(
    job: Omit<SubscriptionJob, "acceptedAt" | "confirmationMails" | "done">,
    now: number,
  ): void;
  /** Without a list, or for a profile that is not on it, the unsubscription is global. */
  unsubscribe(emails: readonly string[], listId: string | undefined, now: number): void;
  suppress(emails: readonly string[], reason: SuppressionReason, now: number): void;
  /** Does what is due until now. Returns whether jobs are still going. */
  advance(now: number): boolean;
}

const NOTHING: EmailSubscription = {
  consent: "NEVER_SUBSCRIBED",
  suppressions: [],
  listSuppressions: [],
};

/** Klaviyo API reference, bulk subscribe: these are removed from the profiles that it names; no others. */
const LIFTED: readonly SuppressionReason[] = ["UNSUBSCRIBE", "SPAM_COMPLAINT", "USER_SUPPRESSED"];

/** Jobs have their effect after `queuedMilliseconds`, so that whoever takes 202 for done is found out. */
export function createSubscriptionStore(parts: {
  profiles: ProfileStore;
  lists: ListStore;
  queuedMilliseconds: number;
}): SubscriptionStore {
  const { profiles, lists, queuedMilliseconds } = parts;
  const said = new Map<number, EmailSubscription>();
  const jobs: SubscriptionJob[] = [];
  let going: SubscriptionJob[] = [];

  const of = (profile: number): EmailSubscription => said.get(profile) ?? NOTHING;
  const profileOf = (email: string, now: number): number =>
    profiles.upsert(
      {
        id: undefined,
        email: email.toLowerCase(),
        phoneNumber: undefined,
        externalId: undefined,
        attributes: undefined,
      },
      "ignored",
      now,
    );

  const subscribeOne = (
    { email, consentedAt }: SubscribedProfile,
    job: SubscriptionJob,
    list: List | undefined,
    now: number,
  ): void => {
    const profile = profileOf(email, now);
    const before = of(profile);
    // The account's own default opt-in process, which counts without a list, is double here too.
    if (!job.historicalImport && list?.optInProcess !== "single_opt_in") {
      job.confirmationMails += 1;
      return;
    }
    list?.members.add(profile, now);
    said.set(profile, {
      consent: "SUBSCRIBED",
      consentedAt: consentedAt ?? now,
      changedAt: now,
      customSource: job.customSource,
      doubleOptIn: false,
      suppressions: before.suppressions.filter(({ reason }) => !LIFTED.includes(reason)),
      listSuppressions: before.listSuppressions.filter(({ listId }) => listId !== list?.id),
    });
  };

  return {
    jobs,
    of,
    subscribe(input, now) {
      const job = { ...input, acceptedAt: now, confirmationMails: 0, done: false };
      jobs.push(job);
      going.push(job);
    },
    unsubscribe(emails, listId, now) {
      const list = listId === undefined ? undefined : lists.get(listId);
      for (const email of emails) {
        const profile = profileOf(email, now);
        const before = of(profile);
        if (list?.members.remove(profile) === true) {
          const listSuppressions = [...before.listSuppressions, { listId: list.id, at: now }];
          said.set(profile, { ...before, changedAt: now, listSuppressions });
          continue;
        }
        const others = before.suppressions.filter(({ reason }) => reason !== "UNSUBSCRIBE");
        said.set(profile, {
          ...before,
          consent: "UNSUBSCRIBED",
          consentedAt: now,
          changedAt: now,
          suppressions: [...others, { reason: "UNSUBSCRIBE", at: now }],
        });
      }
    },
    suppress(emails, reason, now) {
      for (const email of emails) {
        const profile = profileOf(email, now);
        const before = of(profile);
        if (!before.suppressions.some((suppression) => suppression.reason === reason)) {
          const suppressions = [...before.suppressions, { reason, at: now }];
          said.set(profile, { ...before, changedAt: now, suppressions });
        }
      }
    },
    advance(now) {
      const due = going.filter(({ acceptedAt }) => now >= acceptedAt + queuedMilliseconds);
      for (const job of due) {
        const list = job.listId === undefined ? undefined : lists.get(job.listId);
        for (const profile of job.profiles) subscribeOne(profile, job, list, now);
        job.done = true;
      }
      if (due.length > 0) going = going.filter(({ done }) => !done);
      return going.length > 0;
    },
  };
}

const NEVER_ASKED = {
  consent: "NEVER_SUBSCRIBED",
  consent_timestamp: null,
  last_updated: null,
  created_timestamp: null,
  metadata: null,
  can_receive: false,
  valid_until: null,
} as const;

/** The channels that are not simulated, as recorded answers have them of people who were never asked. */
const OTHER_CHANNELS = {
  sms: {
    marketing: {
      can_receive_sms_marketing: false,
      consent: "NEVER_SUBSCRIBED",
      consent_timestamp: null,
      method: null,
      method_detail: null,
      last_updated: null,
    },
    transactional: {
      can_receive_sms_transactional: false,
      consent: "NEVER_SUBSCRIBED",
      consent_timestamp: null,
      method: null,
      method_detail: null,
      last_updated: null,
    },
  },
  mobile_push: {
    marketing: {
      can_receive_push_marketing: false,
      consent: "NEVER_SUBSCRIBED",
      consent_timestamp: null,
    },
  },
  whatsapp: {
    marketing: { ...NEVER_ASKED, phone_number: null },
    transactional: { ...NEVER_ASKED, phone_number: null },
    conversational: { ...NEVER_ASKED, phone_number: null },
  },
} as const;

/** The `subscriptions` of a profile resource, as Klaviyo's API reference describes them. */
export function subscriptionsResource(state: EmailSubscription): Readonly<Record<string, unknown>> {
  const time = (at: number | undefined): string | null => (at === undefined ? null : timestamp(at));
  const isSubscribed = state.consent === "SUBSCRIBED";
  return {
    ...OTHER_CHANNELS,
    email: {
      open_tracking: NEVER_ASKED,
      click_tracking: NEVER_ASKED,
      marketing: {
        can_receive_email_marketing: state.suppressions.length === 0,
        consent: state.consent,
        consent_timestamp: time(state.consentedAt),
        last_updated: time(state.changedAt),
        method: isSubscribed ? "API" : null,
        method_detail: null,
        custom_method_detail: state.customSource ?? null,
        double_optin: isSubscribed ? (state.doubleOptIn ?? null) : null,
        suppression: state.suppressions.map(({ reason, at }) => ({ reason, timestamp: time(at) })),
        list_suppressions: state.listSuppressions.map(({ listId, at }) => ({
          list_id: listId,
          reason: "UNSUBSCRIBE",
          timestamp: time(at),
        })),
      },
    },
  };
}
