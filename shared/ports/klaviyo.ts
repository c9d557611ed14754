import type { Credential } from "../domain/klaviyo/credential";
import type { Account, ApiRevision, Scope } from "../domain/connections/connection";
import type { KlaviyoFault } from "../domain/klaviyo/klaviyo-fault";
import type { EmailConsent, Subscriber } from "../domain/exports/subscription";
import type { EndpointFamily, RateLimitState, Slot, SlotClaim } from "../domain/klaviyo/rate-limit";
import type { Page } from "../domain/paging/every-page";

/** Klaviyo, and the pace at which it may be called; a part of the ports. */

/** Paces calls to Klaviyo for all workers together, by whose limits the calls count for (`quotaOf`). */
export interface RateLimiter {
  /**
   * Takes the next free slot for the party. `later` when the party may not have one now or it is further
   * off than its patience; nothing is taken then. A slot that is taken must be waited for: the call is made `at` an
   * instant, or a little later, and not at all after `until`.
   */
  reserve(
    quota: string,
    family: EndpointFamily,
    claim: SlotClaim,
  ): Promise<({ kind: "slot" } & Slot) | { kind: "later"; at: Date }>;
  /** So much later than it wanted to this worker woke for a slot: its next ones are given it with as much room. */
  noteLateness(milliseconds: number): void;
  /** So long after it was sent a call was answered: what varies in that, this worker's next ones may lose on their way. */
  noteAnswerTime(family: EndpointFamily, milliseconds: number): void;
  /** Klaviyo answered 429: nobody calls before this instant. */
  holdBack(quota: string, family: EndpointFamily, until: Date): Promise<void>;
  /** What is remembered of an endpoint's calls; nothing is taken. */
  look(quota: string, family: EndpointFamily): Promise<RateLimitState>;
  /** Drops what is remembered of a quota. */
  forget(quota: string): Promise<void>;
}

/** What lets one call into an account, and when. */
export type Admission = Credential & {
  /**
   * Asked when the connection is open and nothing of the call is sent: false if it may not be made, else it is sent
   * at once. A call without it is made at once.
   */
  readonly turn?: () => Promise<boolean>;
};

/**
 * Why a call to Klaviyo brought no result, by what to do about it.
 * `throttled`: wait. `unavailable`: try again later; whether Klaviyo did it is not known.
 * `keyRefused`, `scopesMissing`, `forbidden`: a person must act. `notFound`: what the call names is not there.
 * `invalid`: the request is refused; `profiles` holds the positions at fault when all pointers name one.
 */
export type KlaviyoFailure =
  | {
      kind: "throttled";
      retryAfterMilliseconds: number;
      /** Klaviyo asked for longer than it is believed at once. */
      isShortened?: true;
    }
  | {
      kind: "unavailable";
      reason: string;
      /** Klaviyo was not reached at all, so it surely did not do it. */
      unreached?: true;
    }
  | { kind: "keyRefused" }
  | { kind: "scopesMissing"; detail: string }
  /** The account or the key may not do this, for another reason than scopes: a person must look into it. */
  | { kind: "forbidden"; code: string }
  | { kind: "notFound" }
  | { kind: "invalid"; errors: readonly KlaviyoFault[] };

export type KlaviyoResult<Value> =
  | {
      ok: true;
      value: Value;
      /**
       * Attributes of which Klaviyo says that it took the request and ignored values of theirs, without saying
       * whose (header `X-Klaviyo-Partial-Failure`).
       */
      ignored?: readonly string[];
    }
  | { ok: false; failure: KlaviyoFailure };

export interface KlaviyoList {
  readonly id: string;
  readonly name: string;
  /** Whether who is subscribed must confirm it by a mail; told of a single list only. Unknown means yes. */
  readonly doubleOptIn?: boolean;
}

/** A profile on a list. */
export interface ListedProfile {
  readonly profileId: string;
  /** Lower case; null for a profile without one, such as one that has a phone number only. */
  readonly email: string | null;
}

export interface ImportJob {
  readonly jobId: string;
  readonly status: "queued" | "processing" | "complete" | "cancelled";
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
}

/** What a key is good for. */
export type KeyCheck =
  | { kind: "usable"; account: Account; revision: ApiRevision }
  | { kind: "scopesMissing"; scopes: readonly Scope[] };

/** One profile that an import job could not import. */
export interface ImportError {
  readonly code: string;
  readonly detail: string;
  /** Lower case; null when Klaviyo did not say. */
  readonly email: string | null;
  /** Position in the job's body; null when Klaviyo did not say. */
  readonly position: number | null;
}

/** Klaviyo's REST API, one call a method. No method throws for what Klaviyo answers; none retries. */
export interface Klaviyo {
  /**
   * Finds the account that a key belongs to and tries every scope, with calls that change nothing; the
   * fewest there are, since Klaviyo answers for an account once a second only.
   */
  checkKey(credential: Credential): Promise<KlaviyoResult<KeyCheck>>;
  getList(credential: Admission, listId: string): Promise<KlaviyoResult<KlaviyoList>>;
  /** By name, 10 a page, which is Klaviyo's most. */
  listLists(credential: Admission, after?: string): Promise<KlaviyoResult<Page<KlaviyoList>>>;
  createList(credential: Admission, name: string): Promise<KlaviyoResult<KlaviyoList>>;
  /** The profiles on a list, as Klaviyo counts them. */
  getListSize(credential: Admission, listId: string): Promise<KlaviyoResult<number>>;
  /**
   * The profiles on a list, 100 a page; with `emails` only those that have one of these, which are at most
   * 100 and fit a URL (`domain/email-filter.ts`).
   */
  listProfiles(
    credential: Admission,
    listId: string,
    options?: { emails?: readonly string[]; after?: string | undefined },
  ): Promise<KlaviyoResult<Page<ListedProfile>>>;
  /** Takes up to 1,000 profiles off a list; those that are not on it count for nothing. */
  removeFromList(
    credential: Admission,
    listId: string,
    profileIds: readonly string[],
  ): Promise<KlaviyoResult<undefined>>;
  /** `body` is sent as it is. */
  createImportJob(credential: Admission, body: Buffer): Promise<KlaviyoResult<ImportJob>>;
  getImportJob(credential: Admission, jobId: string): Promise<KlaviyoResult<ImportJob>>;
  /** Newest first, 100 a page. */
  listImportJobs(credential: Admission, after?: string): Promise<KlaviyoResult<Page<ImportJob>>>;
  /** 100 a page. */
  listImportErrors(
    credential: Admission,
    jobId: string,
    after?: string,
  ): Promise<KlaviyoResult<Page<ImportError>>>;
  /** Whether the key may subscribe profiles; tried with a request that names nobody. */
  maySubscribe(credential: Admission): Promise<KlaviyoResult<boolean>>;
  /** What is known of these people and email marketing, of as many as {@link emailBatches} puts together. */
  listEmailConsents(
    credential: Admission,
    emails: readonly string[],
    after?: string,
  ): Promise<KlaviyoResult<Page<EmailConsent>>>;
  /** What Klaviyo has of these people, of as many as {@link emailBatches} puts together; their own page alone. */
  listProfileValues(
    credential: Admission,
    emails: readonly string[],
  ): Promise<KlaviyoResult<readonly ProfileValues[]>>;
  /**
   * Asks for up to 1,000 profiles to be subscribed. Klaviyo answers that it took the request, and never what
   * became of it.
   */
  createSubscriptionJob(credential: Admission, job: SubscriptionJob): Promise<KlaviyoResult<void>>;
}

/** A profile's attributes as Klaviyo has them, by its names. */
export interface ProfileValues {
  /** Lower case. */
  readonly email: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface SubscriptionJob {
  readonly listId: string;
  /** Each subscriber then has the time of their consent; else none has. */
  readonly historicalImport: boolean;
  /** Kept with the consents. */
  readonly customSource?: string | undefined;
  readonly subscribers: readonly Pick<Subscriber, "email" | "consentedAt">[];
}
