import { emailBatches } from "../../domain/klaviyo/email-filter";
import type { CallResult, NotDone } from "./call-result";
import type { KlaviyoClient } from "./klaviyo-client";
import { readPages } from "./read-pages";

/** Lookups that are made at a time. */
const CONCURRENT_LOOKUPS = 5;

/**
 * The ids of those of the emails that are on a list, from every page of the answers. Where several calls are
 * needed some are made at a time; all but the very first finish what an earlier one began.
 */
export async function findOnList(
  klaviyo: Pick<KlaviyoClient, "listProfiles" | "calling">,
  listId: string,
  emails: readonly string[],
): Promise<CallResult<ReadonlyMap<string, string>>> {
  const wanted = new Set(emails);
  const onList = new Map<string, string>();
  const batches = emailBatches(emails);
  const continuing = klaviyo.calling({ continues: true });
  const readBatch = async (
    batch: readonly string[],
    isFirst: boolean,
  ): Promise<NotDone | undefined> =>
    readPages(
      (after) => {
        const caller = isFirst && after === undefined ? klaviyo : continuing;
        return caller.listProfiles(listId, { emails: batch, after });
      },
      (profiles) => {
        for (const { email, profileId } of profiles) {
          if (email !== null && wanted.has(email)) {
            onList.set(email, profileId);
          }
        }
      },
    );
  for (let start = 0; start < batches.length; start += CONCURRENT_LOOKUPS) {
    const found = await Promise.all(
      batches
        .slice(start, start + CONCURRENT_LOOKUPS)
        .map((batch, index) => readBatch(batch, start + index === 0)),
    );
    const unread = found.find((one) => one !== undefined);
    if (unread !== undefined) {
      return unread;
    }
  }
  return { kind: "done", value: onList };
}
