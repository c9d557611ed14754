import type { Clock, ImportJob, Klaviyo, KlaviyoFailure, RateLimiter } from "../../../ports";
import { pacedCall } from "../../klaviyo/paced-call";
import type { Destination } from "../../klaviyo/run-destination";

export interface FindJobsDependencies {
  readonly klaviyo: Pick<Klaviyo, "listImportJobs" | "getImportJob">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

/** From this many jobs on, a page of a hundred is cheaper than asking for each. */
const LISTING_PAYS_FROM = 4;

/** Pages read beyond those that our own jobs fill, since others may import into the account too. */
const EXTRA_PAGES = 3;

/** Jobs asked for one by one in a round; the others wait for the next. */
const MAX_SINGLE_QUERIES = 20;

export interface FoundJobs {
  /** Jobs that Klaviyo told about. */
  readonly jobs: ReadonlyMap<string, ImportJob>;
  /** Jobs that Klaviyo knows no more. */
  readonly gone: ReadonlySet<string>;
  /** Why not all could be asked for; the others are asked for in a later round. */
  readonly failure?: KlaviyoFailure;
  /** When the rate limit lets the others be asked for, if that is why. */
  readonly notBefore?: Date;
}

/** Asks Klaviyo for the state of jobs, with as few calls as it takes. */
export async function findJobs(
  dependencies: FindJobsDependencies,
  { connection, apiKey }: Destination,
  jobIds: readonly string[],
  party: string,
  deadline: Date,
): Promise<FoundJobs> {
  const { klaviyo } = dependencies;
  const accountId = connection.account.id;
  const wanted = new Set(jobIds);
  const jobs = new Map<string, ImportJob>();
  const gone = new Set<string>();

  if (jobIds.length >= LISTING_PAYS_FROM) {
    const maxPages = Math.ceil(jobIds.length / 100) + EXTRA_PAGES;
    let after: string | undefined;
    for (let page = 0; page < maxPages && jobs.size < wanted.size; page += 1) {
      const result = await pacedCall(
        dependencies,
        { accountId, family: "listImportJobs", party },
        deadline,
        () => klaviyo.listImportJobs(apiKey, after),
      );
      if (!result.ok) {
        return found(jobs, gone, result.failure);
      }
      for (const job of result.value.items.filter(({ jobId }) => wanted.has(jobId))) {
        jobs.set(job.jobId, job);
      }
      after = result.value.next;
      if (after === undefined) {
        break;
      }
    }
  }

  const unlisted = jobIds.filter((jobId) => !jobs.has(jobId)).slice(0, MAX_SINGLE_QUERIES);
  for (const jobId of unlisted) {
    const result = await pacedCall(
      dependencies,
      { accountId, family: "getImportJob", party },
      deadline,
      () => klaviyo.getImportJob(apiKey, jobId),
    );
    if (result.ok) {
      jobs.set(jobId, result.value);
    } else if (result.failure.kind === "notFound") {
      gone.add(jobId);
    } else {
      return found(jobs, gone, result.failure);
    }
  }
  return { jobs, gone };
}

function found(
  jobs: ReadonlyMap<string, ImportJob>,
  gone: ReadonlySet<string>,
  failure: KlaviyoFailure | { kind: "tooLate"; at: Date },
): FoundJobs {
  return failure.kind === "tooLate"
    ? { jobs, gone, notBefore: failure.at }
    : { jobs, gone, failure };
}
