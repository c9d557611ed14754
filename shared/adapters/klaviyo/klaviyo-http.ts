import { fixedReasons } from "../../domain/problems/reasons";
import * as z from "zod";
import type { ApiRevision } from "../../domain/connections/connection";
import type { Credential } from "../../domain/klaviyo/credential";
import type { Admission, KlaviyoResult } from "../../ports";
import { createBoundedHttp } from "../bounded-http";
import { sentInTurn } from "./sent-in-turn";
import { classifyAnswer, classifyException, type Answer } from "./classify-failure";
import { parseJson } from "../../domain/text/parse-json";

/** The API revision that the exporter is written for; Klaviyo retires it two years after its date. */
const KLAVIYO_REVISION = "2026-07-15";

/** Klaviyo's versioning policy: a revision lives for two years. */
const YEARS_OF_LIFE = 2;

/**
 * Longest time for one call, from its start to the answer's last byte. Klaviyo takes a 5 MB job in seconds; neither
 * a hung connection nor an answer that comes in drops may eat a run.
 */
const CALL_TIMEOUT_MILLISECONDS = 30_000;

/** Attributes that one answer may name as ignored, and the length of a name. */
const MOST_IGNORED = 20;
const LONGEST_ATTRIBUTE = 200;

/** Pages hold at most 100 items and no item is larger than 100 KB. */
const ANSWER_MAX_BYTES = 20_000_000;

export interface Call {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path and query below the base URL, made by this adapter and never by a caller. */
  readonly path: string;
  readonly credential: Admission;
  /** JSON, sent as it is. */
  readonly body?: Buffer | string;
  /** Is told which revision answered, if Klaviyo says so. */
  readonly onRevision?: (revision: ApiRevision) => void;
}

/** Makes one call and reads its answer by the schema; never throws for what Klaviyo answers. */
export type CallKlaviyo = <Schema extends z.ZodType>(
  call: Call,
  schema: Schema,
) => Promise<KlaviyoResult<z.output<Schema>>>;

/**
 * Calls Klaviyo over connections that are kept open between calls.
 *
 * @param callMilliseconds the longest time for one call. @default 30 seconds
 */
export function createKlaviyoHttp(
  baseUrl: string,
  callMilliseconds = CALL_TIMEOUT_MILLISECONDS,
): CallKlaviyo {
  const http = createBoundedHttp({ baseUrl, answerMaxBytes: ANSWER_MAX_BYTES });

  return async (call, schema) => {
    const { turn } = call.credential;
    let answer: Answer;
    let ignored: readonly string[];
    const time = timeOfCall(callMilliseconds);
    try {
      const response = await http.request<string>({
        method: call.method,
        url: call.path,
        headers: {
          Authorization: authorizationOf(call.credential),
          revision: KLAVIYO_REVISION,
          accept: "application/vnd.api+json",
          ...(call.body === undefined ? {} : { "content-type": "application/vnd.api+json" }),
        },
        data: call.body,
        // It is JSON already.
        transformRequest: [],
        // Axios's own time-out is one of silence: an answer that drips keeps it, and a call that waits for its turn does not.
        signal: time.signal,
        // Waiting for its turn is no part of the call.
        ...(turn === undefined ? {} : { transport: sentInTurn(() => time.paused(turn)) }),
      });
      call.onRevision?.(readRevision(response.headers));
      ignored = readIgnored(response.headers["x-klaviyo-partial-failure"]);
      answer = {
        status: response.status,
        contentType: String(response.headers["content-type"] ?? ""),
        retryAfter: header(response.headers["retry-after"]),
        text: response.data,
      };
    } catch (error) {
      return { ok: false, failure: classifyException(error) };
    } finally {
      time.end();
    }
    if (answer.status < 200 || answer.status > 299) {
      return { ok: false, failure: classifyAnswer(answer) };
    }
    const parsed = schema.safeParse(parseJson(answer.text));
    return parsed.success
      ? { ok: true, value: parsed.data, ...(ignored.length === 0 ? {} : { ignored }) }
      : { ok: false, failure: { kind: "unavailable", reason: fixedReasons.unexpectedAnswer } };
  };
}

/** Ends a call that takes longer, but for what it waits for. */
function timeOfCall(milliseconds: number) {
  const over = new AbortController();
  const start = () => setTimeout(() => over.abort(), milliseconds);
  let timer = start();
  let isOver = false;
  return {
    signal: over.signal,
    async paused<Result>(wait: () => Promise<Result>): Promise<Result> {
      clearTimeout(timer);
      const result = await wait();
      if (!isOver) {
        timer = start();
      }
      return result;
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/**
 * The revision that answered and its last day, from Klaviyo's headers; a revision that is past its time
 * falls forward to a later one. What the headers leave out follows from the revision that was asked for.
 */
export function readRevision(headers: Readonly<Record<string, unknown>>): ApiRevision {
  const inUse = dateIn(headers["x-klaviyo-api-revision"]) ?? KLAVIYO_REVISION;
  const retiresOn = dateIn(headers["x-klaviyo-api-retirement-date"]);
  return { inUse, retiresOn: retiresOn ?? retirementOf(inUse) };
}

/**
 * The attributes that a header names, by commas. Klaviyo's consent guide has it for the phone number of profiles
 * with a valid email; that other calls send it is not excluded, so it is read of every answer.
 */
function readIgnored(value: unknown): readonly string[] {
  const names = (header(value) ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => /^[\w./ $-]+$/.test(name) && name.length <= LONGEST_ATTRIBUTE);
  return [...new Set(names)].slice(0, MOST_IGNORED);
}

/** Klaviyo's guides: a scheme of its own for private keys, RFC 6750's for access tokens. */
function authorizationOf(credential: Credential): string {
  switch (credential.kind) {
    case "apiKey":
      return `Klaviyo-API-Key ${credential.apiKey}`;
    case "accessToken":
      return `Bearer ${credential.accessToken}`;
  }
}

function dateIn(value: unknown): string | undefined {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(header(value) ?? "")?.[0];
  return z.iso.date().safeParse(date).data;
}

function retirementOf(revision: string): string {
  return `${String(Number(revision.slice(0, 4)) + YEARS_OF_LIFE)}${revision.slice(4)}`;
}

function header(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
