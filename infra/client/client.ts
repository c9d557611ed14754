import { apiRoutes, type ApiRoute } from "../../shared/config/api-routes";
import type { ProblemAnswer } from "../../shared/contract/answers/problem-answer";
import type { Operations } from "./operations";

/** A client of the REST API: a function for each operation, typed by the operation's contract. */
export type ApiClient = Operations;

export interface ApiClientOptions {
  /** The API's address, without a slash at its end. */
  readonly url: string;
  /** Asked before every call, so that a token may be renewed. */
  readonly token: () => string | Promise<string>;
  /** Sends a request. @default the global `fetch` */
  readonly fetch?: (address: string, init: RequestInit) => Promise<Response>;
  /** How long a call waits in all when the API names a time to wait. @default a minute, telling nobody */
  readonly patience?: Patience;
  /** Makes the error that a call throws. @default an `ApiError` */
  readonly errorOf?: (failure: CallFailure) => Error;
}

/** How long a call waits in all when the API names a time to wait. */
export interface Patience {
  readonly milliseconds: number;
  /** Told of each wait, as it begins. */
  readonly onWait?: (milliseconds: number, failure: CallFailure) => void;
}

/** Why a call has no answer. */
export type CallFailure =
  /** The API refused. `retryAfter`: it may be asked again after so many milliseconds, and has done nothing yet. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly problem: ProblemAnswer;
      readonly retryAfter?: number | undefined;
    }
  /** Somebody answered who does not speak as the API does: its gateway, or something else at its address. */
  | { readonly kind: "foreign"; readonly status: number; readonly json: boolean }
  /** Nobody answered. */
  | { readonly kind: "unreachable"; readonly cause: unknown };

/** What a call throws when it has no answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(
      failure.kind === "refused"
        ? failure.problem.detail
        : `The API has no answer (${failure.kind}).`,
      failure.kind === "unreachable" ? { cause: failure.cause } : {},
    );
    this.failure = failure;
  }
}

/** The gateway hands on no answer that is longer; whatever else answers in the API's place is not read further. */
const ANSWER_MAX_BYTES = 10_000_000;

const ATTEMPTS = 4;
/** Of what is throttled, which takes longer to pass: nine seconds in all. */
const ATTEMPTS_WHEN_THROTTLED = 6;
const FIRST_PAUSE_MILLISECONDS = 300;

const usualPatience: Patience = { milliseconds: 60_000 };

/** In which a repetition may find the API well again, and how often it is tried in all. */
const attemptsByStatus: ReadonlyMap<number, number> = new Map([
  // Too many requests of a route or of all; or, of an AWS account, too much that runs at once.
  [429, ATTEMPTS_WHEN_THROTTLED],
  [503, ATTEMPTS_WHEN_THROTTLED],
  [502, ATTEMPTS],
  [504, ATTEMPTS],
]);

/**
 * Makes a client. What may be sent twice, because it only reads or because the API knows it by its key, is tried
 * again when the network or the API is in trouble. Whatever the API says when to send again is waited with, and sent
 * again, as far as the client's patience goes. What is undefined in a query or a body is not sent. Calls throw
 * what `errorOf` makes; a call that its `signal` ends throws what `fetch` does. That the API answers as its contract
 * says is trusted, not checked.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const operations = Object.fromEntries(
    apiRoutes.map((route) => [
      route.action,
      (request: CallParts = {}) => call(options, route, request),
    ]),
  );
  if (!isApiClient(operations)) {
    throw new TypeError("an operation is missing");
  }
  return operations;
}

function isApiClient(operations: object): operations is ApiClient {
  return apiRoutes.every(({ action }) => action in operations);
}

/** What any operation may be given. */
interface CallParts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | Date | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

async function call(
  {
    url,
    token,
    fetch = globalThis.fetch,
    patience = usualPatience,
    errorOf = (failure) => new ApiError(failure),
  }: ApiClientOptions,
  route: ApiRoute,
  parts: CallParts,
): Promise<unknown> {
  const address = `${url}${pathOf(route, parts.path)}${queryOf(parts.query)}`;
  const repeatable = route.method === "GET" || "idempotent" in route;
  const init: RequestInit = {
    method: route.method,
    headers: headersOf(await token(), route, parts),
    // A token is never carried on to where an answer points.
    redirect: "error",
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    ...(parts.signal === undefined ? {} : { signal: parts.signal }),
  };
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(() => fetch(address, init));
    if (outcome.kind === "answered") {
      return outcome.answer;
    }
    parts.signal?.throwIfAborted();
    const named = outcome.kind === "refused" ? outcome.retryAfter : undefined;
    if (named !== undefined) {
      waited += named;
      if (waited > patience.milliseconds) {
        throw errorOf(outcome);
      }
      patience.onWait?.(named, outcome);
      await pause(named, parts.signal);
      continue;
    }
    const most =
      outcome.kind === "unreachable" ? ATTEMPTS : (attemptsByStatus.get(outcome.status) ?? 1);
    if (!repeatable || attempt >= most) {
      throw errorOf(outcome);
    }
    await pause(FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1), parts.signal);
  }
}

function headersOf(token: string, route: ApiRoute, parts: CallParts): Record<string, string> {
  const { body, ifMatch, idempotencyKey } = parts;
  return {
    authorization: `Bearer ${token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    // An ETag is the version in quotes, so that what came in a list has one too.
    ...(ifMatch === undefined ? {} : { "if-match": `"${ifMatch}"` }),
    ...("idempotent" in route
      ? { "idempotency-key": idempotencyKey ?? globalThis.crypto.randomUUID() }
      : {}),
  };
}

type Outcome = { readonly kind: "answered"; readonly answer: unknown } | CallFailure;

async function attemptOnce(send: () => Promise<Response>): Promise<Outcome> {
  let response: Response;
  let text: string | undefined;
  try {
    response = await send();
    text = await textOf(response);
  } catch (cause) {
    return { kind: "unreachable", cause };
  }
  const { ok, status, headers } = response;
  const content = text === undefined ? undefined : parseJson(text);
  if (ok && (content !== undefined || status === 204)) {
    return { kind: "answered", answer: content };
  }
  return isProblem(content)
    ? { kind: "refused", status, problem: content, retryAfter: retryAfterOf(headers) }
    : { kind: "foreign", status, json: content !== undefined };
}

/** In milliseconds; what is no whole number of seconds counts as not named. */
function retryAfterOf(headers: Headers): number | undefined {
  const named = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(named) ? Math.max(1, Number(named)) * 1_000 : undefined;
}

/** An answer's text; undefined where it is longer than the API's are. */
async function textOf({
  body,
}: {
  readonly body: ReadableStream<Uint8Array> | null;
}): Promise<string | undefined> {
  const decoder = new TextDecoder();
  if (body === null) {
    return "";
  }
  const reader = body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const piece = await reader.read();
    if (piece.done) {
      return text + decoder.decode();
    }
    bytes += piece.value.byteLength;
    if (bytes > ANSWER_MAX_BYTES) {
      // Nobody waits for it: who answers at such length may not end either.
      reader.cancel().catch(() => undefined);
      return undefined;
    }
    text += decoder.decode(piece.value, { stream: true });
  }
}

/** Problem details with a code; the gateway answers some requests itself, with less. */
function isProblem(content: unknown): content is ProblemAnswer {
  return (
    typeof content === "object" &&
    content !== null &&
    "code" in content &&
    typeof content.code === "string" &&
    "detail" in content &&
    typeof content.detail === "string"
  );
}

function pathOf({ path }: ApiRoute, values: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(values[name] ?? ""),
  );
}

/** Spaces are written as `%20`: what `+` means in a query is not everybody's opinion. */
function queryOf(values: CallParts["query"] = {}): string {
  const written = Object.entries(values).flatMap(([name, value]) => {
    const text = value instanceof Date ? value.toISOString() : value;
    return text === undefined ? [] : [`${name}=${encodeURIComponent(text)}`];
  });
  return written.length === 0 ? "" : `?${written.join("&")}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Throws the signal's reason as soon as it ends the call. */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    signal?.addEventListener("abort", over);
  });
  signal?.throwIfAborted();
}
