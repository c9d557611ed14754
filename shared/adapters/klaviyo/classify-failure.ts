import { fixedReasons } from "../../domain/problems/reasons";
import { AxiosError } from "axios";
import type { KlaviyoFailure } from "../../ports";
import { errorsAnswerSchema } from "./klaviyo-answers";
import { parseJson } from "../../domain/text/parse-json";

/** When Klaviyo asks for patience without saying how long. */
const DEFAULT_RETRY_AFTER_SECONDS = 1;

/**
 * The longest that Klaviyo is believed at once. Its windows are a second and a minute (and a day for making lists);
 * whoever asks for more is asked again after this time, so that no answer can stop an account for good.
 */
const LONGEST_RETRY_AFTER_SECONDS = 3_600;

/** An answer as it came: `text` is the body, whatever its type. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Says of an answer that is no success what is to be done about it. */
export function classifyAnswer(answer: Answer): KlaviyoFailure {
  const errors = errorsAnswerSchema.safeParse(parseJson(answer.text)).data?.errors;
  switch (true) {
    case answer.status === 429:
      return { kind: "throttled", ...readRetryAfter(answer.retryAfter) };
    case answer.status === 401:
      return { kind: "keyRefused" };
    case answer.status === 403 && errors !== undefined:
      // Recorded answers of 403 that are about other things than scopes have other codes.
      return errors.some(({ code }) => code === "permission_denied")
        ? { kind: "scopesMissing", detail: errors.map(({ detail }) => detail).join(" ") }
        : { kind: "forbidden", code: codeOf(errors[0]?.code) };
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
    case answer.status === 413:
      // Whatever stands before Klaviyo may say it without a word of Klaviyo's.
      return { kind: "invalid", errors: [{ code: "too_large", detail: "", pointer: null }] };
    default:
      // 5xx, gateways' own pages, a firewall's HTML with 403, redirects: none is Klaviyo's own word.
      return { kind: "unavailable", reason: `status ${String(answer.status)}` };
  }
}

/** Klaviyo's own codes are words; what is none is not repeated to people. */
function codeOf(code = "forbidden"): string {
  return /^[\w.-]{1,60}$/.test(code) ? code : "forbidden";
}

/** Failures to find Klaviyo's address or to connect to it: nothing of the request was sent. */
const UNREACHED: ReadonlySet<string> = new Set(["EAI_AGAIN", "ECONNREFUSED", "ENOTFOUND"]);

/** Says of a call that brought no answer what is to be done: mostly it is not known whether Klaviyo acted on it. */
export function classifyException(error: unknown): KlaviyoFailure {
  if (error instanceof AxiosError) {
    const reason = error.code ?? fixedReasons.noAnswer;
    return { kind: "unavailable", reason, ...(UNREACHED.has(reason) ? { unreached: true } : {}) };
  }
  throw error;
}

/** Klaviyo writes whole seconds; what is no number of them, or less than one, counts as none given. */
export function readRetryAfter(header: unknown): {
  retryAfterMilliseconds: number;
  isShortened?: true;
} {
  const asked = Number(typeof header === "string" ? header.trim() : "");
  const seconds = asked >= 1 ? asked : DEFAULT_RETRY_AFTER_SECONDS;
  return seconds > LONGEST_RETRY_AFTER_SECONDS
    ? { retryAfterMilliseconds: LONGEST_RETRY_AFTER_SECONDS * 1_000, isShortened: true }
    : { retryAfterMilliseconds: seconds * 1_000 };
}
