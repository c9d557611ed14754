import type { ChunkOutcome } from "../../../domain/runs/chunk";
import type { RunFiles } from "../../../ports";
import type { NotDone, Unanswered } from "../../klaviyo/call-result";
import { findOnList } from "../../klaviyo/find-on-list";
import type { Destination } from "../../klaviyo/klaviyo-access";
import type { PlannedRun } from "../planned-run";
import { hopelessRequest } from "./send-chunk";

export interface RemoveChunkDependencies {
  readonly files: Pick<RunFiles, "readRemovalChunk" | "readFound" | "writeFound">;
}

/** What taking a chunk off the list came to. */
export type Removing = { kind: "removed"; outcome: ChunkOutcome } | Unanswered;

/**
 * Takes the profiles of a removal chunk off the list: looks up which of its emails are on it, then removes
 * these by their ids in one call. May be repeated at any point: who was found by an earlier attempt and is
 * found no more was removed by it. Nobody is removed whose email is not in the chunk.
 */
export async function removeChunk(
  { files }: RemoveChunkDependencies,
  run: PlannedRun,
  chunk: number,
  { klaviyo }: Destination,
): Promise<Removing> {
  const { listId } = run.settings;
  const place = { runId: run.runId, attemptId: run.plan.attemptId, chunk };
  const emails = await files.readRemovalChunk(place.runId, place.attemptId, chunk);
  const looked = await findOnList(klaviyo, listId, emails);
  if (looked.kind !== "done") {
    return hindrance(run, klaviyo, looked);
  }
  const onList = looked.value;
  const foundBefore = await files.readFound(place);
  const found = new Set([...foundBefore, ...onList.keys()]);
  if (onList.size > 0) {
    if (found.size > foundBefore.length) {
      await files.writeFound(place, [...found]);
    }
    const continuing = klaviyo.calling({ continues: true });
    const removed = await continuing.removeFromList(listId, [...onList.values()]);
    if (removed.kind === "refused" && removed.as === "invalid") {
      // An id that Klaviyo does not know is of a profile that is gone since: it is not found next time.
      return { kind: "faulty", problem: removed.problem, unreached: false };
    }
    if (removed.kind !== "done") {
      return hindrance(run, klaviyo, removed);
    }
  }
  const notFound = emails.length - found.size;
  return {
    kind: "removed",
    outcome: {
      imported: 0,
      refused: 0,
      unsent: 0,
      removals: { removed: found.size, notFound, unremoved: 0 },
    },
  };
}

/** What a call that was not done means for the chunk: what Klaviyo does not find may be the list, or be on it. */
async function hindrance(
  run: PlannedRun,
  klaviyo: Destination["klaviyo"],
  result: NotDone,
): Promise<Unanswered> {
  return result.kind === "refused" ? hopelessRequest(run, klaviyo, result) : result;
}
