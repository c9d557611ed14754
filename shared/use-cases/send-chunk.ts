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
import { pacedCall } from "./paced-call";
import { chunkSize, type PlannedRun } from "./planned-run";
import { problemOfFailure, type Destination } from "./run-destination";

export interface SendChunkDependencies {
  readonly files: Pick<RunFiles, "readChunk">;
  readonly klaviyo: Pick<Klaviyo, "createImportJob" | "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Log;
}

/** Left of the invocation when no further call is begun: a call may take 30 s, and its result must be kept. */
const RESERVE_MILLISECONDS = 40_000;

/** The latest instant at which a call may be begun in an invocation that ends at the deadline. */
export function lastCallBefore(deadline: Date): Date {
  return new Date(deadline.getTime() - RESERVE_MILLISECONDS);
}

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
  dependencies: SendChunkDependencies,
  run: PlannedRun,
  chunk: number,
  destination: Destination,
  deadline: Date,
): Promise<Sending> {
  const { files, klaviyo, clock, log } = dependencies;
  const lastCall = lastCallBefore(deadline);
  const staged = await files.readChunk(run.runId, run.plan.attemptId, chunk);
  const refusals = new Map<number, Refusal>();
  let body = staged;
  for (;;) {
    const sent = body;
    const result = await pacedCall(
      dependencies,
      {
        accountId: destination.connection.account.id,
        family: "createImportJob",
        party: run.runId,
        ...(refusals.size > 0 ? { continues: true } : {}),
      },
      lastCall,
      () => klaviyo.createImportJob(destination.apiKey, sent),
    );
    if (result.ok) {
      return { kind: "accepted", job: result.value, refusals: [...refusals.values()] };
    }
    const { failure } = result;
    switch (failure.kind) {
      case "tooLate":
        return { kind: "later", at: failure.at };
      case "throttled":
        return {
          kind: "later",
          at: new Date(clock.now().getTime() + failure.retryAfterMilliseconds),
        };
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
          return hopelessRequest(dependencies, run, destination, lastCall, failure);
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
export async function hopelessRequest(
  dependencies: Pick<SendChunkDependencies, "limiter" | "clock"> & {
    readonly klaviyo: Pick<Klaviyo, "getList">;
  },
  run: PlannedRun,
  { connection, apiKey }: Destination,
  deadline: Date,
  failure: KlaviyoFailure,
): Promise<Extract<Sending, { kind: "hopeless" }>> {
  const list = await pacedCall(
    dependencies,
    { accountId: connection.account.id, family: "getList", party: run.runId },
    deadline,
    () => dependencies.klaviyo.getList(apiKey, run.settings.listId),
  );
  return !list.ok && list.failure.kind === "notFound"
    ? {
        kind: "hopeless",
        problem: problem("listNotFound", { listId: run.settings.listId }),
        stopsRun: true,
      }
    : { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: false };
}
