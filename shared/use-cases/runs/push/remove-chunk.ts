import type { ChunkOutcome } from "../../../domain/runs/chunk";
import type { EndpointFamily } from "../../../domain/klaviyo/rate-limit";
import type {
  Clock,
  Klaviyo,
  KlaviyoFailure,
  KlaviyoResult,
  RateLimiter,
  RunFiles,
} from "../../../ports";
import { findOnList } from "../../klaviyo/find-on-list";
import { pacedCall, type PacedResult } from "../../klaviyo/paced-call";
import type { PlannedRun } from "../planned-run";
import { problemOfFailure, type Destination } from "../../klaviyo/run-destination";
import { hopelessRequest, lastCallBefore, type Sending } from "./send-chunk";

export interface RemoveChunkDependencies {
  readonly files: Pick<RunFiles, "readRemovalChunk" | "readFound" | "writeFound">;
  readonly klaviyo: Pick<Klaviyo, "listProfiles" | "removeFromList" | "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

/** What taking a chunk off the list came to. */
export type Removing =
  | { kind: "removed"; outcome: ChunkOutcome }
  | Extract<Sending, { kind: "later" | "faulty" | "hopeless" }>;

type Failure = KlaviyoFailure | { kind: "tooLate"; at: Date };

/**
 * Takes the profiles of a removal chunk off the list: looks up which of its emails are on it, then removes
 * these by their ids in one call. May be repeated at any point: who was found by an earlier attempt and is
 * found no more was removed by it. Nobody is removed whose email is not in the chunk.
 */
export async function removeChunk(
  dependencies: RemoveChunkDependencies,
  run: PlannedRun,
  chunk: number,
  destination: Destination,
  deadline: Date,
): Promise<Removing> {
  const { files, klaviyo } = dependencies;
  const { listId } = run.settings;
  const place = { runId: run.runId, attemptId: run.plan.attemptId, chunk };
  const lastCall = lastCallBefore(deadline);
  const paced = <Value>(
    family: EndpointFamily,
    isFirst: boolean,
    call: () => Promise<KlaviyoResult<Value>>,
  ): Promise<PacedResult<Value>> =>
    pacedCall(
      dependencies,
      {
        accountId: destination.connection.account.id,
        family,
        party: run.runId,
        ...(isFirst ? {} : { continues: true }),
      },
      lastCall,
      call,
    );
  const hindered = (failure: Failure): Promise<Removing> =>
    hindrance(dependencies, run, destination, lastCall, failure);

  const emails = await files.readRemovalChunk(place.runId, place.attemptId, chunk);
  const looked = await findOnList(emails, (batch, isFirst, after) =>
    paced("listProfiles", isFirst, () =>
      klaviyo.listProfiles(destination.apiKey, listId, { emails: batch, after }),
    ),
  );
  if (!looked.ok) {
    return hindered(looked.failure);
  }
  const onList = looked.value;
  const foundBefore = await files.readFound(place);
  const found = new Set([...foundBefore, ...onList.keys()]);
  if (onList.size > 0) {
    if (found.size > foundBefore.length) {
      await files.writeFound(place, [...found]);
    }
    const removed = await paced("removeFromList", false, () =>
      klaviyo.removeFromList(destination.apiKey, listId, [...onList.values()]),
    );
    if (!removed.ok) {
      // An id that Klaviyo does not know is of a profile that is gone since: it is not found next time.
      return removed.failure.kind === "invalid"
        ? { kind: "faulty", failure: removed.failure }
        : hindered(removed.failure);
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

/** What a failed call means for the chunk. */
async function hindrance(
  dependencies: RemoveChunkDependencies,
  run: PlannedRun,
  destination: Destination,
  lastCall: Date,
  failure: Failure,
): Promise<Removing> {
  switch (failure.kind) {
    case "tooLate":
      return { kind: "later", at: failure.at };
    case "throttled": {
      const now = dependencies.clock.now().getTime();
      return { kind: "later", at: new Date(now + failure.retryAfterMilliseconds) };
    }
    case "unavailable":
      return { kind: "faulty", failure };
    case "keyRefused":
    case "scopesMissing":
    case "forbidden":
      return { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: true };
    case "notFound":
    case "invalid":
      return hopelessRequest(dependencies, run, destination, lastCall, failure);
  }
}
