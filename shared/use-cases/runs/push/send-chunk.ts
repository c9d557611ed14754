import type { Refusal } from "../../../domain/runs/chunk";
import {
  afterTaking,
  learn,
  noFindings,
  partOf,
  sendable,
  withoutEnd,
  type ChunkFindings,
  type LeftOutValue,
} from "../../../domain/runs/chunk-findings";
import { openImportJobBody, type ImportJobBody } from "../../../domain/klaviyo/import-job-body";
import { problem, type Problem } from "../../../domain/problems/problem";
import type {
  Clock,
  ImportJob,
  Klaviyo,
  KlaviyoFailure,
  Log,
  RateLimiter,
  RunFiles,
} from "../../../ports";
import { pacedCall } from "../../klaviyo/paced-call";
import { chunkSize, type PlannedRun } from "../planned-run";
import { problemOfFailure, type Destination } from "../../klaviyo/run-destination";

export interface SendChunkDependencies {
  readonly files: Pick<RunFiles, "readChunk" | "readFindings" | "writeFindings">;
  readonly klaviyo: Pick<Klaviyo, "createImportJob" | "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Log;
}

/** Left of the invocation when no further call is begun: a call may take 30 s, and its result must be kept. */
const RESERVE_MILLISECONDS = 40_000;

/** Answers after which what they told is kept: a worker that dies loses what fewer have told. */
const ANSWERS_BETWEEN_KEEPING = 25;

/** The latest instant at which a call may be begun in an invocation that ends at the deadline. */
export function lastCallBefore(deadline: Date): Date {
  return new Date(deadline.getTime() - RESERVE_MILLISECONDS);
}

/** The rest of a chunk that is to be sent. */
export interface ChunkRest {
  readonly chunk: number;
  /** Where it begins: what comes before was sent as earlier parts of the chunk. */
  readonly from: number;
  /** A worker has had this chunk before and may have left what it learnt. */
  readonly again: boolean;
}

/** What sending a chunk came to. */
export type Sending =
  | {
      kind: "accepted";
      job: ImportJob;
      /** The job holds what comes before this position; absent when it holds all that is left. */
      upTo?: number;
      /** Of the whole chunk so far. */
      refusals: readonly Refusal[];
      leftOut: readonly LeftOutValue[];
    }
  | { kind: "allRefused"; refusals: readonly Refusal[] }
  | { kind: "later"; at: Date }
  | { kind: "faulty"; failure: KlaviyoFailure }
  | { kind: "hopeless"; problem: Problem; stopsRun: boolean };

/**
 * Posts the rest of a chunk until Klaviyo takes it, or as much of it as Klaviyo takes: each time without the
 * profiles and values that it refused, and each time in a slot of the account's rate limit. What the answers tell is
 * kept for whoever goes on with the chunk.
 */
export async function sendChunk(
  dependencies: SendChunkDependencies,
  run: PlannedRun,
  rest: ChunkRest,
  destination: Destination,
  deadline: Date,
): Promise<Sending> {
  const { files, klaviyo, clock, log } = dependencies;
  const { chunk, from } = rest;
  const place = { runId: run.runId, attemptId: run.plan.attemptId, chunk };
  const lastCall = lastCallBefore(deadline);
  const left = { from, end: chunkSize(run, chunk) };
  const [staged, found] = await Promise.all([
    files.readChunk(run.runId, run.plan.attemptId, chunk),
    rest.again ? files.readFindings(place) : undefined,
  ]);
  let findings = found ?? noFindings;
  let opened: ImportJobBody | undefined;
  const open = (): ImportJobBody => (opened ??= openImportJobBody(staged));
  for (let answers = 0; ; answers += 1) {
    if (answers > 0 && answers % ANSWERS_BETWEEN_KEEPING === 0) {
      await files.writeFindings(place, findings);
    }
    const part = partOf(findings, left);
    const positions = sendable(findings, part);
    if (positions.length === 0) {
      if (part.end === left.end) {
        return noneLeft(findings, left);
      }
      findings = withoutEnd(findings);
      continue;
    }
    const whole = positions.length === left.end && findings.leftOut.length === 0;
    const body = whole ? staged : open().only(positions, findings.leftOut);
    const result = await pacedCall(
      dependencies,
      {
        accountId: destination.connection.account.id,
        family: "createImportJob",
        party: run.runId,
        ...(answers > 0 ? { continues: true } : {}),
      },
      lastCall,
      () => klaviyo.createImportJob(destination.apiKey, body),
    );
    if (result.ok) {
      const known = withIgnored(findings, result.ignored);
      if (part.end < left.end) {
        await files.writeFindings(place, afterTaking(known, part.end));
      }
      return {
        kind: "accepted",
        job: result.value,
        ...(part.end < left.end ? { upTo: part.end } : {}),
        refusals: known.refused.filter(({ position }) => position < part.end),
        leftOut: known.leftOut.filter(({ position }) => position === null || position < part.end),
      };
    }
    const { failure } = result;
    if (failure.kind === "invalid") {
      const learning = learn(findings, left, failure.errors, (position, value) =>
        sentValue(open(), findings, position, value),
      );
      if (learning.kind === "hopeless") {
        return hopelessRequest(dependencies, run, destination, lastCall, failure);
      }
      if (learning.kind === "unnamed" && findings.end === undefined) {
        // A list that is gone is refused without naming anybody, too.
        const gone = await listIsGone(dependencies, run, destination, lastCall);
        if (gone !== undefined) {
          return gone;
        }
      }
      findings = learning.findings;
      log.info("profilesRefused", {
        refused: findings.refused.length,
        leftOut: findings.leftOut.length,
      });
      continue;
    }
    if (answers > 0) {
      await files.writeFindings(place, findings);
    }
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
      case "forbidden":
        return { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: true };
      case "notFound":
        return { kind: "hopeless", problem: problemOfFailure(failure), stopsRun: false };
    }
  }
}

/** Everybody is refused. Where no answer named anybody, it is the request that is at fault, not the profiles. */
function noneLeft(
  { refused, foundAlone }: ChunkFindings,
  { from, end }: { from: number; end: number },
): Extract<Sending, { kind: "allRefused" | "hopeless" }> {
  const reason = [...new Set(refused.map(({ code }) => code))].slice(0, 5).join(", ");
  return from === 0 && foundAlone === end
    ? { kind: "hopeless", problem: problem("klaviyoRefused", { reason }), stopsRun: false }
    : { kind: "allRefused", refusals: refused };
}

/** A value as it was sent last; undefined when it was left out already. */
function sentValue(
  body: ImportJobBody,
  { leftOut }: ChunkFindings,
  position: number,
  value: readonly string[],
): unknown {
  const isLeftOut = leftOut.some(
    (one) => one.position === position && one.value.every((name, index) => name === value[index]),
  );
  return isLeftOut ? undefined : body.valueOf(position, value);
}

/** Klaviyo names attributes and nobody whose they are. */
function withIgnored(findings: ChunkFindings, ignored: readonly string[] = []): ChunkFindings {
  const values = ignored.map((name) => ({
    position: null,
    value: ["attributes", ...name.split(/[./]/)],
    shape: "",
    code: "ignored",
    detail: "Klaviyo took the profiles and ignored values of this attribute.",
  }));
  return { ...findings, leftOut: [...findings.leftOut, ...values] };
}

/** A request that is refused for no profile's sake; a list that is gone is the one known reason. */
export async function hopelessRequest(
  dependencies: Pick<SendChunkDependencies, "limiter" | "clock"> & {
    readonly klaviyo: Pick<Klaviyo, "getList">;
  },
  run: PlannedRun,
  destination: Destination,
  deadline: Date,
  failure: KlaviyoFailure,
): Promise<Extract<Sending, { kind: "hopeless" }>> {
  return (
    (await listIsGone(dependencies, run, destination, deadline)) ?? {
      kind: "hopeless",
      problem: problemOfFailure(failure),
      stopsRun: false,
    }
  );
}

async function listIsGone(
  dependencies: Pick<SendChunkDependencies, "limiter" | "clock"> & {
    readonly klaviyo: Pick<Klaviyo, "getList">;
  },
  { runId, settings: { listId } }: PlannedRun,
  { connection, apiKey }: Destination,
  deadline: Date,
): Promise<Extract<Sending, { kind: "hopeless" }> | undefined> {
  const list = await pacedCall(
    dependencies,
    { accountId: connection.account.id, family: "getList", party: runId },
    deadline,
    () => dependencies.klaviyo.getList(apiKey, listId),
  );
  return !list.ok && list.failure.kind === "notFound"
    ? { kind: "hopeless", problem: problem("listNotFound", { listId }), stopsRun: true }
    : undefined;
}
