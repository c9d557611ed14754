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
import { problem } from "../../../domain/problems/problem";
import type { ImportJob, Log, RunFiles } from "../../../ports";
import type { Hopeless, Refused, Unanswered } from "../../klaviyo/call-result";
import type { Destination } from "../../klaviyo/klaviyo-access";
import { chunkSize, type PlannedRun } from "../planned-run";

export interface SendChunkDependencies {
  readonly files: Pick<RunFiles, "readChunk" | "readFindings" | "writeFindings">;
  readonly log: Log;
}

/** Answers after which what they told is kept: a worker that dies loses what fewer have told. */
const ANSWERS_BETWEEN_KEEPING = 25;

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
  | Unanswered;

/**
 * Posts the rest of a chunk until Klaviyo takes it, or as much of it as Klaviyo takes: each time without the
 * profiles and values that it refused, and each time in a slot of the account's rate limit. What the answers tell is
 * kept for whoever goes on with the chunk.
 */
export async function sendChunk(
  dependencies: SendChunkDependencies,
  run: PlannedRun,
  rest: ChunkRest,
  { klaviyo }: Destination,
): Promise<Sending> {
  const { files, log } = dependencies;
  const { chunk, from } = rest;
  const place = { runId: run.runId, attemptId: run.plan.attemptId, chunk };
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
    const caller = answers > 0 ? klaviyo.calling({ continues: true }) : klaviyo;
    const result = await caller.createImportJob(body);
    if (result.kind === "done") {
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
    if (result.kind === "refused" && result.as === "invalid") {
      const learning = learn(findings, left, result.errors, (position, value) =>
        sentValue(open(), findings, position, value),
      );
      if (learning.kind === "hopeless") {
        return hopelessRequest(run, klaviyo, result);
      }
      if (learning.kind === "unnamed" && findings.end === undefined) {
        // A list that is gone is refused without naming anybody, too.
        const gone = await listIsGone(run, klaviyo);
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
    return result.kind === "refused"
      ? { kind: "hopeless", problem: result.problem, stopsRun: false }
      : result;
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
  run: PlannedRun,
  klaviyo: Destination["klaviyo"],
  refused: Refused,
): Promise<Hopeless> {
  return (
    (await listIsGone(run, klaviyo)) ?? {
      kind: "hopeless",
      problem: refused.problem,
      stopsRun: false,
    }
  );
}

/** If it is gone, nothing else of the run can be sent; whatever else keeps Klaviyo from answering does not count. */
async function listIsGone(
  { settings: { listId } }: PlannedRun,
  klaviyo: Destination["klaviyo"],
): Promise<Hopeless | undefined> {
  const list = await klaviyo.getList(listId);
  return list.kind === "refused" && list.as === "notFound"
    ? { kind: "hopeless", problem: problem("listNotFound", { listId }), stopsRun: true }
    : undefined;
}
