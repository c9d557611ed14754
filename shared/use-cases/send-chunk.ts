import type { Refusal } from "../domain/chunk";
import { openImportJobBody } from "../domain/import-job-body";
import { problem, type Problem } from "../domain/problem";
import { profilePosition } from "../domain/profile-pointer";
import type {
  Clock,
  ImportJob,
  Klaviyo,
  KlaviyoError,
  KlaviyoFailure,
  Log,
  RateLimiter,
  RunFiles,
} from "../ports";
import { chunkSize, type PlannedRun } from "./planned-run";
import { problemOfFailure, type Destination } from "./run-destination";

export interface SendChunkDependencies {
  readonly files: Pick<RunFiles, "readChunk">;
  readonly klaviyo: Pick<Klaviyo, "createImportJob" | "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Log;
}

/** A slot further off than this is not waited for: the message is handed back and the worker freed. */
const SLOT_PATIENCE_MILLISECONDS = 3_000;

/** Left of the invocation when no further call is begun: a call may take 30 s, and its result must be kept. */
const RESERVE_MILLISECONDS = 40_000;

/** What sending a chunk came to. */
export type Sending =
  | { kind: "accepted"; job: ImportJob; refusals: readonly Refusal[] }
  | { kind: "allRefused"; refusals: readonly Refusal[] }
  | { kind: "later"; at: Date }
  | { kind: "faulty"; failure: KlaviyoFailure }
  | { kind: "hopeless"; problem: Problem; stopsRun: boolean };

/**
 * Posts a chunk until Klaviyo takes it, each time without the profiles that it refused and each time in a
 * slot of the account's rate limit.
 */
export async function sendChunk(
  { files, klaviyo, limiter, clock, log }: SendChunkDependencies,
  run: PlannedRun,
  chunk: number,
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<Sending> {
  const staged = await files.readChunk(run.runId, run.plan.attemptId, chunk);
  const refusals = new Map<number, Refusal>();
  let body = staged;
  for (;;) {
    const patience = Math.min(
      SLOT_PATIENCE_MILLISECONDS,
      deadline.getTime() - clock.now().getTime() - RESERVE_MILLISECONDS,
    );
    const slot = await limiter.reserve(connection.account.id, "createImportJob", patience);
    if (slot.kind === "later") {
      return slot;
    }
    await clock.sleep(slot.at.getTime() - clock.now().getTime());
    const result = await klaviyo.createImportJob(apiKey, body);
    if (result.ok) {
      return { kind: "accepted", job: result.value, refusals: [...refusals.values()] };
    }
    const { failure } = result;
    switch (failure.kind) {
      case "throttled": {
        const until = new Date(clock.now().getTime() + failure.retryAfterMilliseconds);
        await limiter.holdBack(connection.account.id, "createImportJob", until);
        return { kind: "later", at: until };
      }
      case "unavailable":
        return { kind: "faulty", failure };
      case "keyRefused":
      case "scopesMissing":
        return { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: true };
      case "notFound":
        return { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: false };
      case "invalid": {
        const refused = refusedProfiles(failure.errors, chunkSize(run, chunk), refusals);
        if (refused.length === 0) {
          return hopelessRequest(klaviyo, apiKey, run, failure);
        }
        for (const refusal of refused) {
          refusals.set(refusal.position, refusal);
        }
        log.info("profilesRefused", { refused: refused.length });
        if (refusals.size === chunkSize(run, chunk)) {
          return { kind: "allRefused", refusals: [...refusals.values()] };
        }
        body = openImportJobBody(staged).without(new Set(refusals.keys()));
      }
    }
  }
}

/**
 * The profiles that an answer names, by their positions in the chunk as staged: Klaviyo counts in the body
 * that it was sent, which lacks those refused before.
 */
function refusedProfiles(
  errors: readonly KlaviyoError[],
  size: number,
  before: ReadonlyMap<number, Refusal>,
): readonly (Refusal & { position: number })[] {
  const sent = Array.from({ length: size }, (_, position) => position).filter(
    (position) => !before.has(position),
  );
  return errors.flatMap(({ code, detail, pointer }) => {
    const position = sent[profilePosition(pointer) ?? -1];
    return position === undefined ? [] : [{ position, code, detail }];
  });
}

/** A request that is refused for no profile's sake; a list that is gone is the one known reason. */
async function hopelessRequest(
  klaviyo: Pick<Klaviyo, "getList">,
  apiKey: string,
  run: PlannedRun,
  failure: KlaviyoFailure,
): Promise<Sending> {
  const list = await klaviyo.getList(apiKey, run.settings.listId);
  return !list.ok && list.failure.kind === "notFound"
    ? {
        kind: "hopeless",
        problem: problem("listNotFound", { listId: run.settings.listId }),
        stopsRun: true,
      }
    : { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: false };
}
