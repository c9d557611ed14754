import type { ApiRoute } from "../../shared/config/api-routes";
import type { RouteHandler, ApiResult, ChangeNote } from "./api-event";
import { entryOf, outcomeOf, withoutKeys, type ChangeDependencies } from "./audit-changes";

/**
 * Puts into the audit log that somebody was handed personal data, before they are: an operation notes when its
 * answer holds any. What can't be recorded is not handed out. A refusal is recorded too; an answer without
 * personal data, such as a preview that is still under way, is not.
 */
export function auditReads(
  { audit, clock }: ChangeDependencies,
  route: ApiRoute,
  handle: RouteHandler,
): RouteHandler {
  return async (event) => {
    const notes: ChangeNote[] = [];
    event.note = (noted) => {
      notes.push(noted);
    };
    const entry = entryOf(event, route, clock);
    let answer: ApiResult;
    try {
      answer = await handle(event);
    } catch (error) {
      await audit.add({ ...entry, ...outcomeOf(error) });
      throw error;
    }
    if (notes.length > 0) {
      const note = notes.reduce((all, more) => ({ ...all, ...more }), {});
      await audit.add({ ...entry, ...withoutKeys(note), outcome: "succeeded" });
    }
    return answer;
  };
}
