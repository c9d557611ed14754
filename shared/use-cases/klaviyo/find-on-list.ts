import { emailBatches } from "../../domain/klaviyo/email-filter";
import type { ListedProfile, Page } from "../../ports";
import type { PacedResult } from "./paced-call";
import { readPages } from "./read-pages";

/** Lookups that are made at a time. */
const CONCURRENT_LOOKUPS = 5;

type Failed = Extract<PacedResult<never>, { ok: false }>;

/**
 * The ids of those of the emails that are on a list, from every page of the answers. Where several calls are
 * needed some are made at a time; `isFirst` tells the very first, which no other call precedes.
 */
export async function findOnList(
  emails: readonly string[],
  ask: (
    batch: readonly string[],
    isFirst: boolean,
    after: string | undefined,
  ) => Promise<PacedResult<Page<ListedProfile>>>,
): Promise<PacedResult<ReadonlyMap<string, string>>> {
  const wanted = new Set(emails);
  const onList = new Map<string, string>();
  const batches = emailBatches(emails);
  const readBatch = async (
    batch: readonly string[],
    isFirst: boolean,
  ): Promise<Failed | undefined> =>
    readPages(
      (after) => ask(batch, isFirst && after === undefined, after),
      (profiles) => {
        for (const { email, profileId } of profiles) {
          if (email !== null && wanted.has(email)) {
            onList.set(email, profileId);
          }
        }
      },
    );
  for (let start = 0; start < batches.length; start += CONCURRENT_LOOKUPS) {
    const failures = await Promise.all(
      batches
        .slice(start, start + CONCURRENT_LOOKUPS)
        .map((batch, index) => readBatch(batch, start + index === 0)),
    );
    const failure = failures.find((one) => one !== undefined);
    if (failure !== undefined) {
      return failure;
    }
  }
  return { ok: true, value: onList };
}
