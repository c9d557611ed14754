import type {
  Subscriber,
  SubscriptionOutcome,
  SubscriptionProgress,
} from "../../domain/exports/subscription";

/** Whom a run has to subscribe; a part of the ports. */

/** How far runs have come with subscribing; a part of the store of runs. */
export interface SubscribingStore {
  /** The members to be subscribed are staged; false if they were before, or the run has ended. */
  beginSubscribing(runId: string, progress: SubscriptionProgress, at: Date): Promise<boolean>;
  /** Takes the subscribing of a run over until then, if nobody holds it now. */
  claimSubscribing(
    runId: string,
    now: Date,
    leaseUntil: Date,
  ): Promise<SubscriptionProgress | undefined>;
  /** Keeps how far it has come, if it is still held until `heldUntil` (milliseconds), and moves the run. */
  keepSubscribing(
    runId: string,
    heldUntil: number,
    progress: SubscriptionProgress,
    at: Date,
  ): Promise<boolean>;
}

/** What is staged for that; a part of the runs' files. */
export interface SubscriptionFiles {
  readSubscribers(run: {
    runId: string;
    attemptId: string;
    batch: number;
  }): Promise<readonly Subscriber[]>;
  writeSubscriptionOutcome(
    run: { runId: string; attemptId: string; batch: number },
    outcome: SubscriptionOutcome,
  ): Promise<void>;
  /** Undefined when none was written. */
  readSubscriptionOutcome(run: {
    runId: string;
    attemptId: string;
    batch: number;
  }): Promise<SubscriptionOutcome | undefined>;
}

export interface StageSubscribersRequest {
  readonly runId: string;
  readonly exportId: string;
  readonly attemptId: string;
  /** Key of those who have been asked for before. */
  readonly subscribedKey?: string | undefined;
  /** Runs that asked too, and whose outcomes are in no such file. */
  readonly unsettled?:
    | readonly { readonly runId: string; readonly attemptId: string }[]
    | undefined;
  /** Those are staged too: who has unsubscribed since is to be subscribed again. */
  readonly resubscribe: boolean;
  /** Given for historical imports: consent must have been given before. */
  readonly consentedBefore?: Date;
  /** Whether the segment has to say of a member that they agree. */
  readonly consentNeeded?: boolean;
}

/** Finds out whom a run has to subscribe, and keeps whom it has asked for. */
export interface SubscriberStaging {
  /**
   * Stages, in batches, the run's members that Klaviyo has confirmed and has not been asked to subscribe;
   * the run must be accounted for.
   */
  stageBatches(request: StageSubscribersRequest): Promise<{
    batches: number;
    /**
     * Members found. Those are not staged who refuse by the segment, or of whom it does not say whether they do,
     * or of the others who have no usable time of consent.
     */
    requested: number;
    consentRefused: number;
    consentUnclear: number;
    withoutConsentTime: number;
    /** Who was asked for before should be written somewhere, but is lost. */
    forgotten: boolean;
  }>;
  /** Writes down who need not be asked for again, by the outcomes of batches; returns its key. */
  record(
    request: Pick<
      StageSubscribersRequest,
      "runId" | "exportId" | "attemptId" | "subscribedKey" | "unsettled"
    >,
  ): Promise<string>;
}
