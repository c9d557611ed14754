import { fixedReasons } from "../../domain/problems/reasons";
import type { AxiosResponse } from "axios";
import * as z from "zod";
import { signInTokensSchema } from "../../domain/klaviyo/credential";
import type { KlaviyoApp } from "../../domain/klaviyo/klaviyo-app";
import type { Clock, RevocationResult, SignInFailure, SignInResult } from "../../ports";
import { createBoundedHttp } from "../bounded-http";
import { classifyException, readRetryAfter } from "./classify-failure";
import { parseJson } from "../../domain/text/parse-json";

/** Longest time for one call, from its start to the answer's last byte. */
const CALL_TIMEOUT_MILLISECONDS = 30_000;
const ANSWER_MAX_BYTES = 100_000;

/** Tokens whose life Klaviyo does not tell live for this long: the figure of third parties. */
const USUAL_LIFE_SECONDS = 3_600;
/** What an answer is believed about a token's life. */
const LONGEST_LIFE_SECONDS = 30 * 24 * 3_600;

const tokensAnswerSchema = z.object({
  access_token: signInTokensSchema.shape.accessToken,
  /** RFC 6749, section 6: the old one stays if no new one is named. */
  refresh_token: signInTokensSchema.shape.refreshToken.optional(),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z
    .number()
    .positive()
    .default(USUAL_LIFE_SECONDS)
    .transform((seconds) => Math.min(seconds, LONGEST_LIFE_SECONDS)),
});

/** RFC 6749, section 5.2. */
const errorAnswerSchema = z.object({ error: z.string() });

/** The calls to Klaviyo's token endpoints, as an app that shows its secret (HTTP Basic). */
export function createTokenCalls(baseUrl: string, clock: Pick<Clock, "now">) {
  const http = createBoundedHttp({ baseUrl, answerMaxBytes: ANSWER_MAX_BYTES });

  async function post(
    path: string,
    { clientId, clientSecret }: KlaviyoApp,
    form: Readonly<Record<string, string>>,
  ): Promise<AxiosResponse<string> | SignInFailure> {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
    try {
      return await http.post<string>(path, new URLSearchParams(form), {
        headers: { Authorization: `Basic ${basic}`, accept: "application/json" },
        signal: AbortSignal.timeout(CALL_TIMEOUT_MILLISECONDS),
      });
    } catch (error) {
      const failure = classifyException(error);
      return failure.kind === "unavailable"
        ? { kind: "unavailable", reason: failure.reason }
        : { kind: "unavailable", reason: fixedReasons.noAnswer };
    }
  }

  return {
    async tokens(app: KlaviyoApp, form: Readonly<Record<string, string>>): Promise<SignInResult> {
      const asked = clock.now();
      const answer = await post("/oauth/token", app, form);
      if ("kind" in answer) {
        return { ok: false, failure: answer };
      }
      if (answer.status !== 200) {
        return { ok: false, failure: failureOf(answer) };
      }
      const tokens = tokensAnswerSchema.safeParse(parseJson(answer.data)).data;
      const refreshToken = tokens?.refresh_token ?? form["refresh_token"];
      if (tokens === undefined || refreshToken === undefined) {
        const reason = fixedReasons.unexpectedAnswer;
        return { ok: false, failure: { kind: "unavailable", reason } };
      }
      return {
        ok: true,
        tokens: {
          accessToken: tokens.access_token,
          refreshToken,
          issuedAt: asked.toISOString(),
          expiresAt: new Date(asked.getTime() + tokens.expires_in * 1_000).toISOString(),
        },
      };
    },

    async revoke(app: KlaviyoApp, refreshToken: string): Promise<RevocationResult> {
      const form = { token: refreshToken, token_type_hint: "refresh_token" };
      const answer = await post("/oauth/revoke", app, form);
      if ("kind" in answer) {
        return { ok: false, failure: answer };
      }
      if (answer.status >= 200 && answer.status <= 299) {
        return { ok: true };
      }
      const failure = failureOf(answer);
      return failure.kind === "ended" ? { ok: true } : { ok: false, failure };
    },
  };
}

function failureOf({ status, headers, data }: AxiosResponse<string>): SignInFailure {
  const error = errorAnswerSchema.safeParse(parseJson(data)).data?.error;
  switch (true) {
    case status === 429: {
      const { retryAfterMilliseconds } = readRetryAfter(headers["retry-after"]);
      return { kind: "throttled", retryAfterMilliseconds };
    }
    case error === "invalid_grant" || error === "invalid_token":
      return { kind: "ended" };
    case status === 401 || (status === 400 && error !== undefined):
      // What else is refused is about the app: its id, its secret, its scopes, its addresses.
      return { kind: "appRefused" };
    default:
      return { kind: "unavailable", reason: `status ${String(status)}` };
  }
}
