import { AxiosError } from "axios";
import type { KlaviyoFailure } from "../../ports";
import { errorsAnswerSchema } from "./klaviyo-answers";

/** When Klaviyo asks for patience without saying how long. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/** An answer as it came: `text` is the body, whatever its type. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Parses JSON; undefined when it is none, such as the page of a front-end server. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Says of an answer that is no success what is to be done about it. */
export function classifyAnswer(answer: Answer): KlaviyoFailure {
  const errors = errorsAnswerSchema.safeParse(parseJson(answer.text)).data?.errors;
  switch (true) {
    case answer.status === 429:
      return { kind: "throttled", retryAfterMilliseconds: retryAfter(answer.retryAfter) };
    case answer.status === 401:
      return { kind: "keyRefused" };
    case answer.status === 403 && errors !== undefined:
      return { kind: "scopesMissing", detail: errors.map(({ detail }) => detail).join(" ") };
    case answer.status === 404 && errors !== undefined:
      return { kind: "notFound" };
    case answer.status >= 400 && answer.status < 500 && errors !== undefined:
      return {
        kind: "invalid",
        errors: errors.map(({ code, detail, source }) => ({
          code,
          detail,
          pointer: source?.pointer ?? null,
        })),
      };
    default:
      // 5xx, gateways' own pages, a firewall's HTML with 403, redirects: none is Klaviyo's own word.
      return { kind: "unavailable", reason: `status ${String(answer.status)}` };
  }
}

/** Failures to find Klaviyo's address or to connect to it: nothing of the request was sent. */
const UNREACHED: ReadonlySet<string> = new Set(["EAI_AGAIN", "ECONNREFUSED", "ENOTFOUND"]);

/** Says of a call that brought no answer what is to be done: mostly it is not known whether Klaviyo acted on it. */
export function classifyException(error: unknown): KlaviyoFailure {
  if (error instanceof AxiosError) {
    const reason = error.code ?? "no answer";
    return { kind: "unavailable", reason, ...(UNREACHED.has(reason) ? { unreached: true } : {}) };
  }
  throw error;
}

function retryAfter(header: string | undefined): number {
  const seconds = Number(header);
  return (Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_RETRY_AFTER_SECONDS) * 1_000;
}
