import { createHash } from "node:crypto";
import * as z from "zod";
import { problemStatuses } from "../../shared/contract/answers/problem-answer";
import { CLOCKS_APART_SECONDS } from "../../shared/domain/runs/tuning";
import { DomainError } from "../../shared/domain/problems/problem";
import type { IdGenerator, RequestLedger } from "../../shared/ports";
import type { ApiEvent, RouteHandler, ApiResult } from "./api-event";
import type { ChangeDependencies } from "./audit-changes";

export interface RepeatableDependencies extends Pick<ChangeDependencies, "clock"> {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
}

/** Longer than the 29 seconds that a function may take to answer: whoever still holds a claim after it has broken off. */
export const CLAIM_SECONDS = 29 + CLOCKS_APART_SECONDS + 1;

const keySchema = z.string().regex(/^[\x21-\x7e]{1,200}$/);

/**
 * Honours `Idempotency-Key`: a request that is repeated with its key has one effect and one answer. What it
 * makes is named by the seed that all of its tries share, so a try that broke off is gone on with. Keys are
 * the caller's own, and of what was sent only a hash is kept: it may hold an API key. `permit` throws when the caller
 * may not do any more what the kept answer tells of.
 */
export function repeatable(
  { requests, ids, clock }: RepeatableDependencies,
  handle: RouteHandler,
  permit: (event: ApiEvent) => Promise<void>,
): RouteHandler {
  return async (event) => {
    const header = event.headers["idempotency-key"];
    if (header === undefined) {
      return handle(event);
    }
    const key = keySchema.safeParse(header);
    if (!key.success) {
      const reason = "Idempotency-Key: 1 to 200 characters of ASCII without spaces";
      throw new DomainError("invalidRequest", { reason });
    }
    const { userId, role } = event.caller;
    const request = hashOf(userId, role, key.data);
    const claim = await requests.begin(request, contentHashOf(event), {
      now: clock.now(),
      seconds: CLAIM_SECONDS,
      newSeed: ids.next(),
    });
    switch (claim.kind) {
      case "busy":
        throw new DomainError("idempotencyKeyBusy");
      case "other":
        throw new DomainError("idempotencyKeyReused");
      case "answered": {
        await permit(event);
        const { status, headers, body } = claim.answer;
        return { statusCode: status, headers: { ...headers }, body };
      }
      case "begun":
        return answerOnce(requests, request, claim.seed, event, handle);
    }
  };
}

async function answerOnce(
  requests: RequestLedger,
  request: string,
  seed: string,
  event: ApiEvent,
  handle: RouteHandler,
): Promise<ApiResult> {
  // A claim that can't be kept up to date runs out by itself, and a repetition finds what was made.
  const keep = async (write: () => Promise<void>): Promise<void> => {
    try {
      await write();
    } catch (error) {
      event.log.error("requestFailed", { error });
    }
  };
  let answer: ApiResult;
  try {
    event.seed = seed;
    answer = await handle(event);
  } catch (error) {
    const status =
      error instanceof DomainError ? (problemStatuses[error.problem.code] ?? 500) : 500;
    // What was refused has had no effect and may be corrected; what failed may have had one.
    await keep(() => requests.release(request, seed, status < 500 ? "nothing" : "seed"));
    throw error;
  }
  await keep(() =>
    requests.complete(request, seed, {
      status: answer.statusCode ?? 200,
      headers: Object.fromEntries(
        Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      body: answer.body ?? "",
    }),
  );
  return answer;
}

function contentHashOf({ routeKey, rawPath, rawQueryString, body = "" }: ApiEvent): string {
  return hashOf(routeKey, rawPath, rawQueryString, body);
}

function hashOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}
