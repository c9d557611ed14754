import * as z from "zod";
import { functionDefinitions } from "../functions/definitions";
import type { ApiDefinition, FunctionDefinition } from "../shared/config/function-definition";

/** What Lambda allows the AWS account of a stage, in its region. */
export const awsAccountSchema = z.strictObject({
  /** Executions of all functions at a time (Lambda's quota "Concurrent executions"). */
  concurrency: z.number().int().min(10),
  /** The most memory that a function may have, MB. */
  memoryMegabytes: z.number().int().min(3008).max(10_240),
});
export type AwsAccount = z.infer<typeof awsAccountSchema>;

/** Lambda's quotas: what every account has, and what an account has that is not new or has asked for it. */
export const awsAccounts = {
  new: { concurrency: 10, memoryMegabytes: 3008 },
  established: { concurrency: 1000, memoryMegabytes: 10_240 },
} as const satisfies Record<string, AwsAccount>;

/** Lambda's least for an event source. */
export const LEAST_CONCURRENCY = 2;

/** The watch, beside the event sources. */
const ASIDE_CONCURRENCY = 1;

/** Lambda lets functions reserve concurrency as long as so much remains for those that don't. */
export const LEAST_UNRESERVED = 100;

/**
 * Chosen by simulating 1 to 100 accounts of 1 to 10 million profiles (`npm run simulate`; test/bench/README.md,
 * "Past one machine"). More push workers than these only hold messages whose turn has not come: twenty keep up
 * with a hundred accounts at once. Preparing, confirming and settling are not bounded by Klaviyo, so they
 * are as wide as it takes to be done in time. Starting is four short calls, so two workers start hundreds of
 * exports within seconds.
 */
const AMPLE = { start: 2, prepare: 50, push: 20, confirm: 25, settle: 25 } as const;
export type StepConcurrency = { readonly [Step in keyof typeof AMPLE]: number };

/** The API's share of the account's concurrency, in the widest account. */
const API_SHARE = 0.17;
/** What describes a segment, or looks somebody up in it, reads all of it; everything else answers within a moment. */
const API_AMPLE = {
  reading: 10,
  readingCount: countOf((definition) => definition.readsWholeSegments === true),
  others: 20,
  othersCount: countOf((definition) => definition.readsWholeSegments !== true),
} as const;

/** How many functions of the API are so. */
function countOf(is: (definition: ApiDefinition) => boolean): number {
  const definitions: readonly FunctionDefinition[] = Object.values(functionDefinitions);
  return definitions.filter((definition) => definition.kind === "api" && is(definition)).length;
}

/** Most workers of each queue at a time, such that an account's other functions have their place beside them. */
export function stepConcurrency({ concurrency }: AwsAccount): StepConcurrency {
  const forSteps = concurrency * (1 - API_SHARE) - ASIDE_CONCURRENCY;
  const share = Math.min(1, forSteps / sumOf(AMPLE));
  const part = (ample: number): number => Math.max(LEAST_CONCURRENCY, Math.floor(ample * share));
  return {
    start: part(AMPLE.start),
    prepare: part(AMPLE.prepare),
    push: part(AMPLE.push),
    confirm: part(AMPLE.confirm),
    settle: part(AMPLE.settle),
  };
}

/** What the event sources may have running at once, the watch included. */
export function largestDemand(steps: StepConcurrency): number {
  return sumOf(steps) + ASIDE_CONCURRENCY;
}

export interface ApiConcurrency {
  /** Of each function that reads whole segments. */
  readonly reading: number;
  /** Of each other function of the API. */
  readonly others: number;
}

/**
 * The most that each of the API's functions may have running, so that its callers can't take the account's
 * concurrency from the runs. Undefined where the account is too small for Lambda to let anything be reserved:
 * there only the API's throttles bound what callers use.
 */
export function apiConcurrency({ concurrency }: AwsAccount): ApiConcurrency | undefined {
  const ample = executionsOf(API_AMPLE);
  const share = Math.min(1, (concurrency * API_SHARE) / ample);
  const reading = Math.max(LEAST_CONCURRENCY, Math.floor(API_AMPLE.reading * share));
  const others = Math.max(LEAST_CONCURRENCY, Math.floor(API_AMPLE.others * share));
  return concurrency - executionsOf({ reading, others }) < LEAST_UNRESERVED
    ? undefined
    : { reading, others };
}

/** What the API's functions may have running at once, where that is bounded; else 0. */
export function reservedForApi(awsAccount: AwsAccount): number {
  const bounded = apiConcurrency(awsAccount);
  return bounded === undefined ? 0 : executionsOf(bounded);
}

/** Of all functions of the API together. */
function executionsOf({ reading, others }: ApiConcurrency): number {
  return reading * API_AMPLE.readingCount + others * API_AMPLE.othersCount;
}

function sumOf(steps: StepConcurrency): number {
  return Object.values(steps).reduce((sum, step) => sum + step, 0);
}
