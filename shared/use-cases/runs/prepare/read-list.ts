import { fixedReasons } from "../../../domain/problems/reasons";
import { problem } from "../../../domain/problems/problem";
import { lastCallBefore } from "../../klaviyo/klaviyo-client";
import { createPageTrail } from "../../klaviyo/read-pages";
import { hindranceOf, type Hindrance } from "./preparation-hindrance";
import type { PlanRemovalDependencies, PreparedRun } from "./prepared-run";

/** Pages whose emails are kept together, and after which it is written down how far reading has come. */
const PAGES_A_PART = 50;

/** Left of the invocation when no further page is read: what was read must be compared and staged. */
const RESERVE_AFTER_LIST_MILLISECONDS = 180_000;

/** The latest instant at which a page of a list may be asked for in an invocation that ends at the deadline. */
export function lastPageBefore(deadline: Date): Date {
  return lastCallBefore(deadline, RESERVE_AFTER_LIST_MILLISECONDS);
}

/**
 * Reads the emails of everybody on a run's list, page by page within the rate limit, which lets a list of a
 * million be read in a quarter of an hour. Goes on where an earlier attempt of the run left off.
 */
export async function readList(
  dependencies: PlanRemovalDependencies,
  { run, attemptId, destination, deadline }: PreparedRun,
): Promise<{ kind: "read"; keys: readonly string[] } | Hindrance> {
  const { files, clock, log } = dependencies;
  const { runId, settings } = run;
  const until = lastPageBefore(deadline);
  const klaviyo = destination.klaviyo.calling({ patience: { until }, continues: true });
  const earlier = await files.readListing(runId);
  const keys = [...(earlier?.keys ?? [])];
  let after = earlier?.after;
  const trail = createPageTrail(after);
  for (let part = keys.length + 1; earlier === undefined || after !== undefined; part += 1) {
    const emails: string[] = [];
    let hindrance: Hindrance | undefined;
    for (let page = 0; page < PAGES_A_PART && hindrance === undefined; page += 1) {
      const result = await klaviyo.listProfiles(settings.listId, { after });
      if (result.kind === "done") {
        emails.push(...result.value.items.flatMap(({ email }) => email ?? []));
        after = result.value.next;
        if (after === undefined) {
          break;
        }
        const endless = trail.follow(after);
        if (endless !== undefined) {
          // Nothing of this part is kept, so that the next attempt does not begin within a circle.
          return hindranceOf(run, endless);
        }
      } else {
        hindrance = hindranceOf(run, result);
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
    if (clock.now() >= until) {
      const reason = fixedReasons.wholeListRead;
      return {
        kind: "putOff",
        waitsFor: "klaviyo",
        problem: problem("klaviyoUnavailable", { reason }),
        until: clock.now(),
        advanced: true,
      };
    }
  }
  return { kind: "read", keys };
}
