import { problem } from "../../../domain/problems/problem";
import { pacedCall } from "../../klaviyo/paced-call";
import { hindranceOf, type Hindrance } from "./preparation-hindrance";
import type { PlanRemovalDependencies, PreparedRun } from "./prepared-run";

/** Pages whose emails are kept together, and after which it is written down how far reading has come. */
const PAGES_A_PART = 50;

/** Left of the invocation when no further page is read: what was read must be compared and staged. */
const RESERVE_MILLISECONDS = 180_000;

/**
 * Reads the emails of everybody on a run's list, page by page within the rate limit, which lets a list of a
 * million be read in a quarter of an hour. Goes on where an earlier attempt of the run left off.
 */
export async function readList(
  dependencies: PlanRemovalDependencies,
  { run, attemptId, destination, deadline }: PreparedRun,
): Promise<{ kind: "read"; keys: readonly string[] } | Hindrance> {
  const { klaviyo, files, clock, log } = dependencies;
  const { runId, settings } = run;
  const lastCall = new Date(deadline.getTime() - RESERVE_MILLISECONDS);
  const earlier = await files.readListing(runId);
  const keys = [...(earlier?.keys ?? [])];
  let after = earlier?.after;
  for (let part = keys.length + 1; earlier === undefined || after !== undefined; part += 1) {
    const emails: string[] = [];
    let hindrance: Hindrance | undefined;
    for (let page = 0; page < PAGES_A_PART && hindrance === undefined; page += 1) {
      const cursor = after;
      const result = await pacedCall(
        dependencies,
        {
          accountId: destination.connection.account.id,
          family: "listProfiles",
          party: runId,
          continues: true,
        },
        lastCall,
        () => klaviyo.listProfiles(destination.apiKey, settings.listId, { after: cursor }),
      );
      if (result.ok) {
        emails.push(...result.value.items.flatMap(({ email }) => email ?? []));
        after = result.value.next;
        if (after === undefined) {
          break;
        }
      } else {
        hindrance = await hindranceOf(dependencies, run, destination, result.failure);
      }
    }
    const begun = emails.length > 0 || after !== undefined;
    if (emails.length > 0) {
      keys.push(await files.writeListed({ runId, attemptId, part }, emails));
    }
    if (hindrance === undefined || begun) {
      await files.writeListing(runId, { keys, after });
    }
    log.info("listRead", {
      parts: keys.length,
      whole: hindrance === undefined && after === undefined,
    });
    if (hindrance !== undefined) {
      return hindrance.kind === "putOff" && emails.length > 0
        ? { ...hindrance, advanced: true }
        : hindrance;
    }
    if (after === undefined) {
      break;
    }
    if (clock.now() >= lastCall) {
      const reason = "the whole list has to be read, which takes a while";
      return {
        kind: "putOff",
        problem: problem("klaviyoUnavailable", { reason }),
        until: clock.now(),
        advanced: true,
      };
    }
  }
  return { kind: "read", keys };
}
