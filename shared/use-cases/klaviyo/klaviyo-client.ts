import { quotaOf } from "../../domain/klaviyo/credential";
import type { EndpointFamily } from "../../domain/klaviyo/rate-limit";
import type { Admission, Clock, Klaviyo, KlaviyoResult, Log, RateLimiter } from "../../ports";
import { asOfSignIn, type CallResult } from "./call-result";
import { isOfTheKey } from "./connection-findings";
import type { HeldCredential } from "./credential";
import { pacedCall } from "./paced-call";

type Bound<Call> = Call extends (
  credential: Admission,
  ...rest: infer Rest
) => Promise<KlaviyoResult<infer Value>>
  ? (...rest: Rest) => Promise<CallResult<Value>>
  : never;

/** The calls of {@link Klaviyo} to one account: paced, let in, and understood. */
export type KlaviyoCalls = {
  readonly [Name in Exclude<keyof Klaviyo, "checkKey">]: Bound<Klaviyo[Name]>;
};

/** Calls to one account, made in one manner. */
export interface KlaviyoClient extends KlaviyoCalls {
  /** The same client, but for this of its manner. */
  calling(manner: Partial<CallManner>): KlaviyoClient;
}

/** For whom calls are made, and how long they wait for their turn. */
export interface CallManner {
  /** The run that calls; none where a person waits. */
  readonly party?: string;
  /** Until when a call may be begun, or how long each may wait. */
  readonly patience: { readonly until: Date } | { readonly milliseconds: number };
  /** A call finishes what an earlier one began: it goes before others'. */
  readonly continues?: true;
}

/** Left of an invocation when no further call is begun: a call may take 30 s, and its result must be kept. */
const RESERVE_MILLISECONDS = 40_000;

/**
 * The latest instant at which a call may be begun in an invocation that ends at the deadline.
 *
 * @param reserveMilliseconds what is left of the invocation then. @default as much as one call needs
 */
export function lastCallBefore(deadline: Date, reserveMilliseconds = RESERVE_MILLISECONDS): Date {
  return new Date(deadline.getTime() - reserveMilliseconds);
}

export interface KlaviyoClientDependencies {
  readonly klaviyo: Klaviyo;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
}

/**
 * Binds Klaviyo's calls to an account, to what lets them in, and to a manner. Each is made in a slot of its endpoint's
 * rate limit. One that is refused for its credential is made again if that has been replaced meanwhile.
 */
export function createKlaviyoClient(
  dependencies: KlaviyoClientDependencies,
  account: { readonly accountId: string; readonly credential: HeldCredential },
  manner: CallManner,
): KlaviyoClient {
  const { klaviyo, clock } = dependencies;
  const { accountId, credential } = account;

  async function ask<Value>(
    family: EndpointFamily,
    call: (credential: Admission) => Promise<KlaviyoResult<Value>>,
  ): Promise<CallResult<Value>> {
    const { party, patience, continues } = manner;
    const deadline =
      "until" in patience
        ? patience.until
        : new Date(clock.now().getTime() + patience.milliseconds);
    for (;;) {
      const current = await credential.current(deadline);
      if (current.kind !== "current") {
        return current;
      }
      let used = current.credential;
      const result = await pacedCall(
        dependencies,
        { quota: quotaOf(accountId, used), family, party, continues },
        deadline,
        async (turn) => {
          // While the slot was waited for, tokens may have come near to their end, or been renewed.
          const atHand = await credential.current(deadline);
          if (atHand.kind !== "current") {
            return atHand;
          }
          used = atHand.credential;
          return call({ ...used, turn });
        },
      );
      const isOfKey = result.kind === "hopeless" && isOfTheKey(result.problem);
      if (!isOfKey || !(await credential.isReplaced(used, deadline))) {
        return used.kind === "accessToken" ? asOfSignIn(result) : result;
      }
    }
  }

  return {
    calling: (changes) => createKlaviyoClient(dependencies, account, { ...manner, ...changes }),
    getList: (listId) => ask("getList", (by) => klaviyo.getList(by, listId)),
    listLists: (after) => ask("listLists", (by) => klaviyo.listLists(by, after)),
    createList: (name) => ask("createList", (by) => klaviyo.createList(by, name)),
    getListSize: (listId) => ask("getListSize", (by) => klaviyo.getListSize(by, listId)),
    listProfiles: (listId, options) =>
      ask("listProfiles", (by) => klaviyo.listProfiles(by, listId, options)),
    removeFromList: (listId, profileIds) =>
      ask("removeFromList", (by) => klaviyo.removeFromList(by, listId, profileIds)),
    createImportJob: (body) => ask("createImportJob", (by) => klaviyo.createImportJob(by, body)),
    getImportJob: (jobId) => ask("getImportJob", (by) => klaviyo.getImportJob(by, jobId)),
    listImportJobs: (after) => ask("listImportJobs", (by) => klaviyo.listImportJobs(by, after)),
    listImportErrors: (jobId, after) =>
      ask("listImportErrors", (by) => klaviyo.listImportErrors(by, jobId, after)),
    // Tried with a request of the endpoint that subscribes.
    maySubscribe: () => ask("createSubscriptionJob", (by) => klaviyo.maySubscribe(by)),
    // Profiles with their consents come from an endpoint with the same limits as a list's profiles, and share these.
    listEmailConsents: (emails, after) =>
      ask("listProfiles", (by) => klaviyo.listEmailConsents(by, emails, after)),
    listProfileValues: (emails) =>
      ask("listProfiles", (by) => klaviyo.listProfileValues(by, emails)),
    createSubscriptionJob: (job) =>
      ask("createSubscriptionJob", (by) => klaviyo.createSubscriptionJob(by, job)),
  };
}
