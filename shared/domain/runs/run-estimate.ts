import * as z from "zod";
import { CHUNK_MAX_BYTES, CHUNK_MAX_PROFILES, REMOVAL_CHUNK_MAX_PROFILES } from "./chunk";
import { FILTER_MAX_EMAILS } from "../klaviyo/email-filter";
import { endpointLimits, turnOf, type EndpointFamily } from "../klaviyo/rate-limit";
import { SUBSCRIPTION_BATCH_PROFILES } from "../exports/subscription";

const count = z.number().int().nonnegative();

/** The calls to Klaviyo that a run takes if nothing goes wrong, and the least time that they take. */
export const runEstimateSchema = z.object({
  calls: z.object({
    importJobs: count,
    /** Questions after the jobs' state: one round a second until the last job has been taken, at least one. */
    statusPolls: count,
    /** Questions after those who are to be removed or subscribed. */
    lookups: count,
    removals: count,
    subscriptions: count,
  }),
  /**
   * Whole seconds that Klaviyo's limits make these calls take, one step after the other. How long Klaviyo
   * takes to process what it was sent it does not document; nor is reading the segments in it.
   */
  seconds: count,
});
export type RunEstimate = z.infer<typeof runEstimateSchema>;

export interface RunSize {
  /** Profiles that are sent. */
  readonly profiles: number;
  /** UTF-8 bytes of these profiles as they are sent. */
  readonly bytes: number;
  /** Profiles that are taken off the list. */
  readonly leaving: number;
  /** Members that are to be subscribed. */
  readonly subscribers: number;
}

/** A page of jobs holds a hundred. */
const JOBS_A_PAGE = 100;

/** Reckons a run's calls and their time from Klaviyo's limits. */
export function estimateRun({ profiles, bytes, leaving, subscribers }: RunSize): RunEstimate {
  const importJobs =
    profiles === 0
      ? 0
      : Math.max(Math.ceil(profiles / CHUNK_MAX_PROFILES), Math.ceil(bytes / CHUNK_MAX_BYTES));
  const pushing = leastSeconds(importJobs, "createImportJob");
  const rounds = importJobs === 0 ? 0 : pushing + 1;
  const removalLookups = Math.ceil(leaving / FILTER_MAX_EMAILS);
  const removals = Math.ceil(leaving / REMOVAL_CHUNK_MAX_PROFILES);
  const subscriptionLookups = Math.ceil(subscribers / FILTER_MAX_EMAILS);
  const subscriptions = Math.ceil(subscribers / SUBSCRIPTION_BATCH_PROFILES);
  return {
    calls: {
      importJobs,
      statusPolls: rounds * Math.ceil(importJobs / JOBS_A_PAGE),
      lookups: removalLookups + subscriptionLookups,
      removals,
      subscriptions,
    },
    seconds: pushing + leastRemovalSeconds(leaving) + leastSubscriptionSeconds(subscribers),
  };
}

/** Whole seconds that Klaviyo's limits make it take to take so many profiles off the list. */
export function leastRemovalSeconds(leaving: number): number {
  return (
    leastSeconds(Math.ceil(leaving / FILTER_MAX_EMAILS), "listProfiles") +
    leastSeconds(Math.ceil(leaving / REMOVAL_CHUNK_MAX_PROFILES), "removeFromList")
  );
}

/** The same of subscribing so many members. */
export function leastSubscriptionSeconds(subscribers: number): number {
  return (
    leastSeconds(Math.ceil(subscribers / FILTER_MAX_EMAILS), "listProfiles") +
    leastSeconds(Math.ceil(subscribers / SUBSCRIPTION_BATCH_PROFILES), "createSubscriptionJob")
  );
}

/** Whole seconds until the last of so many calls can be made, from the first. */
export function leastSeconds(calls: number, family: EndpointFamily): number {
  return calls === 0 ? 0 : Math.ceil(turnOf(calls - 1, endpointLimits[family]) / 1_000);
}
