import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { ExitReason } from "../exit-codes";
import { Failure } from "../failure";
import type { Session } from "../session/session";
import { hint } from "../output/hints";
import { problemHint } from "../output/problem-hints";

/** What the API says when it refuses (RFC 9457). Its gateway answers some requests itself, with less. */
const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  field: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string().optional(),
});

const ATTEMPTS = 4;
const FIRST_PAUSE_MILLISECONDS = 300;

/**
 * Sends the session's requests. What may be sent twice is tried again when the network or the API is in
 * trouble. Throws `Failure` for whatever is not an answer of the API that says that the request was carried
 * out.
 */
export function createApiFetch(
  session: Pick<Session, "url">,
): (request: Request) => Promise<Response> {
  return async (request) => {
    // A token is never carried on to where an answer points.
    const prepared = new Request(request, { redirect: "error" });
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await attemptOnce(session, prepared.clone());
      if (outcome.kind === "answered") {
        return outcome.response;
      }
      if (!outcome.again || attempt === ATTEMPTS) {
        throw outcome.failure;
      }
      await sleep(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1));
    }
  };
}

type Outcome =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "failed"; readonly failure: Failure; readonly again: boolean };

async function attemptOnce(session: Pick<Session, "url">, request: Request): Promise<Outcome> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(request);
    text = await response.text();
  } catch (error) {
    return {
      kind: "failed",
      failure: unreachable(session.url, error),
      again: mayRepeat(request),
    };
  }
  const content = parseJson(text);
  if (response.ok && (text === "" || content !== undefined)) {
    return {
      kind: "answered",
      response: new Response(text === "" ? null : text, {
        status: response.status,
        headers: response.headers,
      }),
    };
  }
  return {
    kind: "failed",
    failure: refusal(session.url, response, content),
    again: mayRepeat(request) && [429, 502, 503, 504].includes(response.status),
  };
}

/** Reading changes nothing, and by its key the API knows a creation or a start that it has seen. */
function mayRepeat({ method, headers }: Request): boolean {
  return method === "GET" || headers.has("idempotency-key");
}

function refusal(url: string, response: Response, content: unknown): Failure {
  const { status } = response;
  const known = problemSchema.safeParse(content).data;
  if (status === 412 && known !== undefined) {
    // The API speaks of headers, which are this command's affair.
    return new Failure({
      code: known.code,
      message:
        "Somebody else has changed it since it was read, and their change was not overwritten. Look at what it is now, then run the command again.",
      exit: exitOf(status),
      requestId: known.requestId,
    });
  }
  if (known !== undefined) {
    const { code, detail, field, requestId, params } = known;
    const more = problemHint(known);
    const message =
      more === undefined
        ? detail
        : `${detail}
${more}`;
    return new Failure({ code, message, exit: exitOf(status), field, requestId, params });
  }
  if (status === 401) {
    return new Failure({
      code: "notAuthenticated",
      message: `${url} does not accept the token: it has expired, or it is of another environment. Sign in again with: ${hint("login")}`,
      exit: "notSignedIn",
    });
  }
  if (status === 429 || status >= 500) {
    return new Failure({
      code: "apiInTrouble",
      message: `${url} answered ${status}. Try again in a minute; if it goes on, tell the operators.`,
      exit: "unreachable",
    });
  }
  const what = content === undefined ? "something that is not JSON" : "something unknown";
  return new Failure({
    code: "notTheApi",
    message: `${url} answered ${status} with ${what}: it does not seem to be this API. Check the profile's address: ${hint("profiles", "list")}`,
    exit: "unreachable",
  });
}

function exitOf(status: number): ExitReason {
  switch (status) {
    case 401:
    case 403:
      return "notSignedIn";
    case 404:
    case 410:
      return "notFound";
    case 409:
    case 412:
    case 428:
      return "conflict";
    case 400:
    case 413:
    case 415:
    case 422:
      return "invalid";
    default:
      return status === 429 || status >= 500 ? "unreachable" : "unexpected";
  }
}

function unreachable(url: string, error: unknown): Failure {
  return new Failure({
    code: "apiUnreachable",
    message: `${url} could not be reached: ${causeText(error)}. Check the network and the profile's address: ${hint("profiles", "list")}`,
    exit: "unreachable",
  });
}

/** `fetch failed` says nothing; what lies beneath does. */
function causeText(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof AggregateError && error.errors.length > 0) {
    return causeText(error.errors[0]);
  }
  return error.cause === undefined ? error.message : causeText(error.cause);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
