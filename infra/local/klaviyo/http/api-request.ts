import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { authenticate, requireScopes, type Caller } from "./authentication";
import type { Answer, Endpoint } from "./endpoint";
import { ApiFailure, plainFailure } from "./errors";
import type { AnswerFault } from "../faults/faults";
import { isObject } from "../json";
import { parseQuery } from "./query";
import { parseJson, readBody, requireContentType } from "./request-body";
import { readRevision } from "./revisions";
import { findRoute } from "./router";
import type { Simulation } from "../simulation";

/** Klaviyo documents no limit; servers and proxies commonly take request lines of 8 KB. */
const LONGEST_URL = 8_000;
/** Where a recorded answer of 429 leads. */
const RATE_LIMITS_DOCUMENTATION =
  "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling";
const CONTENT_TYPE = "application/vnd.api+json";

/** Answers one request to `/api/…`, with faults where they are due. */
export async function answerApiRequest(
  simulation: Simulation,
  request: IncomingMessage,
  response: ServerResponse,
  { url, stopped }: { readonly url: URL; readonly stopped: AbortSignal },
): Promise<void> {
  const { faults, statistics } = simulation;
  const requestId = randomUUID();
  const headers: Record<string, string> = { "X-Klaviyo-Req-Id": requestId };
  let operation = "unknown";

  const send = (status: number, body?: unknown): void => {
    statistics.answered(operation, status);
    if (body === undefined) {
      response.writeHead(status, headers).end();
      return;
    }
    const text = JSON.stringify(body);
    response.writeHead(status, {
      ...headers,
      "Content-Type": CONTENT_TYPE,
      "Content-Length": Buffer.byteLength(text),
    });
    response.end(text);
  };

  const sendFault = (fault: AnswerFault): void => {
    if (fault.kind === "reset") {
      statistics.answered(operation, "reset");
      request.socket.resetAndDestroy();
      return;
    }
    const status = fault.kind === "firewall" ? 403 : fault.status;
    statistics.answered(operation, status);
    const cloudflare = fault.kind === "firewall" ? { "cf-mitigated": "challenge" } : {};
    response.writeHead(status, { ...cloudflare, "Content-Type": "text/html; charset=UTF-8" });
    response.end(`<!DOCTYPE html><html><head><title>${status}</title></head><body></body></html>`);
  };

  try {
    if ((request.url ?? "").length > LONGEST_URL) {
      throw plainFailure(414, "uri_too_long", "URI too long.", "The request's URL is too long.");
    }
    const { endpoint, id } = routeOf(request, url);
    operation = endpoint.operation;
    const gateFault = faults.atGate(endpoint.operation);
    if (gateFault !== undefined) {
      sendFault(gateFault);
      return;
    }
    const caller = admit(simulation, request, endpoint, url, headers);
    let bytes: Buffer | undefined;
    if (endpoint.hasBody) {
      requireContentType(request);
      bytes = await readBody(request, endpoint.operation);
      statistics.add("bytesReceived", bytes.length);
    }
    simulation.advance();
    const answer = statistics.busy((): Answer =>
      endpoint.answer({
        account: caller.account,
        id,
        query: parseQuery(url.searchParams, endpoint.query),
        body: bytes === undefined ? undefined : parseJson(bytes),
        url,
        base: url.origin,
        now: simulation.now(),
        faults,
        statistics,
        mostErrors: faults.configuration().mostErrors ?? simulation.mostErrors,
        ignoresPhones: simulation.ignoresPhones,
      }),
    );
    const wait = faults.delay(endpoint.operation);
    if (wait > 0) await delay(wait, undefined, { signal: stopped });
    const lateFault = faults.afterEffect(endpoint.operation);
    if (lateFault !== undefined) {
      sendFault(lateFault);
      return;
    }
    Object.assign(headers, answer.headers);
    send(answer.status, faults.losesId(endpoint.operation) ? withoutId(answer) : answer.body);
  } catch (error) {
    if (stopped.aborted || (request.destroyed && !request.complete)) return;
    const failure =
      error instanceof ApiFailure
        ? error
        : plainFailure(500, "error", "A server error occurred.", "The simulator has a defect.");
    if (!(error instanceof ApiFailure)) console.error("Klaviyo simulator:", error);
    Object.assign(headers, failure.headers);
    const errors = failure.errors.map((entry) => ({
      id: requestId,
      status: failure.status,
      ...entry,
      links: failure.status === 429 ? { type: RATE_LIMITS_DOCUMENTATION } : {},
      meta: entry.meta ?? {},
    }));
    send(failure.status, { errors });
  }
}

/** @throws ApiFailure 404 or 405 */
function routeOf(request: IncomingMessage, url: URL): { endpoint: Endpoint; id: string } {
  const route = findRoute(request.method ?? "GET", url.pathname);
  switch (route.kind) {
    case "found":
      return route;
    case "notSimulated":
      throw plainFailure(
        501,
        "not_implemented",
        "Not implemented.",
        `The simulator does not have ${route.operation}.`,
      );
    case "unknown":
      throw plainFailure(404, "not_found", "Not found.", "There is no such endpoint.");
    case "wrongMethod":
      throw new ApiFailure(
        405,
        [
          {
            code: "method_not_allowed",
            title: "Method not allowed.",
            detail: `Method "${request.method ?? ""}" not allowed.`,
            source: { pointer: "/data/" },
          },
        ],
        { Allow: route.allowed.join(", ") },
      );
  }
}

/**
 * The checks before the body is looked at, in Klaviyo's order: key, revision, scopes, rate limit.
 * Adds the headers that follow from them.
 *
 * @throws ApiFailure
 */
function admit(
  simulation: Simulation,
  request: IncomingMessage,
  endpoint: Endpoint,
  url: URL,
  headers: Record<string, string>,
): Caller {
  const now = simulation.now();
  const caller = authenticate(request.headers.authorization, simulation);
  headers["Cid"] = caller.account.id;
  const revision = readRevision(
    headerText(request.headers["revision"]),
    request.headers["x-klaviyo-revision-fall-forward-opt-out"] === "1",
    now,
  );
  headers["X-Klaviyo-Api-Revision"] = revision.effective;
  headers["X-Klaviyo-Api-Retirement-Date"] = revision.retiresOn;
  requireScopes(caller, endpoint.scopes);

  const injected = simulation.faults.throttling(endpoint.operation);
  if (injected !== undefined) throw throttled(injected);
  const { costly } = endpoint;
  const isCostly =
    costly !== undefined &&
    url.searchParams.get(costly.parameter)?.split(",").includes(costly.value) === true;
  const bucket = isCostly ? `${endpoint.operation} ${costly.value}` : endpoint.operation;
  const limits = isCostly ? costly.limits : endpoint.limits;
  const decision = caller.limiter.take(bucket, limits, now);
  if (decision.kind === "throttled") throw throttled(decision.retryAfterSeconds);
  Object.assign(headers, decision.headers);
  return caller;
}

function throttled(seconds: number): ApiFailure {
  const title = "Request was throttled.";
  const unit = seconds === 1 ? "second" : "seconds";
  return new ApiFailure(
    429,
    [
      {
        code: "throttled",
        title,
        detail: `${title} Expected available in ${seconds} ${unit}.`,
        source: { pointer: "/data" },
      },
    ],
    { "Retry-After": String(seconds) },
  );
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}

function withoutId(answer: Answer): unknown {
  const data = answer.body?.["data"];
  if (!isObject(data)) return answer.body;
  return { ...answer.body, data: { ...data, id: undefined } };
}
