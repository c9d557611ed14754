import type { ImportJob } from "../../../ports";
import type { NotDone } from "../../klaviyo/call-result";
import type { Destination } from "../../klaviyo/klaviyo-access";

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
  readonly unasked?: NotDone;
}

/** Asks Klaviyo for the state of jobs, with as few calls as it takes. */
export async function findJobs(
  { klaviyo }: Destination,
  jobIds: readonly string[],
): Promise<FoundJobs> {
  const wanted = new Set(jobIds);
  const jobs = new Map<string, ImportJob>();
  const gone = new Set<string>();

  if (jobIds.length >= LISTING_PAYS_FROM) {
    const maxPages = Math.ceil(jobIds.length / 100) + EXTRA_PAGES;
    let after: string | undefined;
    for (let page = 0; page < maxPages && jobs.size < wanted.size; page += 1) {
      const result = await klaviyo.listImportJobs(after);
      if (result.kind !== "done") {
        return { jobs, gone, unasked: result };
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
    const result = await klaviyo.getImportJob(jobId);
    if (result.kind === "done") {
      jobs.set(jobId, result.value);
    } else if (result.kind === "refused" && result.as === "notFound") {
      gone.add(jobId);
    } else {
      return { jobs, gone, unasked: result };
    }
  }
  return { jobs, gone };
}
