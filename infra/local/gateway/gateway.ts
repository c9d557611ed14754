import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { payloadLimitBytes } from "../functions/function-definition";
import type { Invocation } from "../functions/function-pool";
import { readBody } from "../request-body";
import { corsHeaders, isPreflight, preflightHeaders } from "./cors";
import type { HttpApi, HttpApiAuthorizer, HttpApiRoute } from "./http-api";
import { createJwtAuthorizer, type JwtAuthorizer, type JwtContext } from "./jwt-authorizer";
import { proxyEvent, readRequest, type GatewayRequest } from "./proxy-event";
import { gatewayMessage, proxyResponse, type GatewayResponse } from "./proxy-response";
import { createThrottle } from "./throttle";
import { createRouteMatcher, type RouteMatch } from "./routes";

export interface GatewayOptions {
  readonly api: HttpApi;
  /** Where the keys of an issuer are. */
  readonly jwksUrlOf: (issuer: string) => string;
  readonly invoke: (functionName: string, event: unknown) => Promise<Invocation>;
}

// Quotas for HTTP APIs: payload size.
const bodyLimitBytes = 10 * 1024 * 1024;

/** Answers as API Gateway does for an HTTP API with Lambda proxy integrations. */
export function createGateway({ api, jwksUrlOf, invoke }: GatewayOptions): RequestListener {
  const match = createRouteMatcher(api.routes);
  const throttles = new Map(
    api.routes.flatMap((route) =>
      route.throttle === undefined ? [] : [[route, createThrottle(route.throttle, Date.now)]],
    ),
  );
  const authorizers = new Map<HttpApiAuthorizer, JwtAuthorizer>();
  const stagePrefix = api.stage === "$default" ? "" : `/${api.stage}`;

  const authorizerFor = (options: HttpApiAuthorizer): JwtAuthorizer => {
    const existing = authorizers.get(options);
    if (existing !== undefined) return existing;
    const made = createJwtAuthorizer({ ...options, jwksUrl: jwksUrlOf(options.issuer) });
    authorizers.set(options, made);
    return made;
  };

  const integrate = async (
    { route, pathParameters }: RouteMatch<HttpApiRoute>,
    request: GatewayRequest,
    body: Buffer,
    jwt: JwtContext | undefined,
    requestId: string,
  ): Promise<GatewayResponse> => {
    const event = proxyEvent({
      request,
      body,
      routeKey: route.routeKey,
      stage: api.stage,
      requestId,
      pathParameters,
      jwt,
      time: Date.now(),
    });
    if (Buffer.byteLength(JSON.stringify(event)) > payloadLimitBytes) return tooLarge;
    const invocation = await within(route.timeoutMilliseconds, invoke(route.functionName, event));
    if (invocation === "timeout") return gatewayMessage(503, "Service Unavailable");
    switch (invocation.kind) {
      case "succeeded":
        return proxyResponse(invocation.payload);
      case "failed":
        return gatewayMessage(500, "Internal Server Error");
      case "refused":
        // What callers of an HTTP API see when Lambda throttles its function.
        return gatewayMessage(503, "Service Unavailable");
    }
  };

  const respond = async (
    request: GatewayRequest,
    readBodyOnce: () => ReturnType<typeof readBody>,
    requestId: string,
  ): Promise<GatewayResponse> => {
    if (api.cors !== undefined && isPreflight(request.method, request.headers)) {
      return {
        status: 204,
        headers: preflightHeaders(api.cors, request.headers),
        body: Buffer.alloc(0),
      };
    }
    const found = request.path.startsWith(stagePrefix)
      ? match(request.method, request.path.slice(stagePrefix.length))
      : undefined;
    if (found === undefined) return gatewayMessage(404, "Not Found");
    if (throttles.get(found.route)?.() === false) return gatewayMessage(429, "Too Many Requests");

    const read = await readBodyOnce();
    let jwt: JwtContext | undefined;
    if (found.route.authorizer !== undefined) {
      const authorize = authorizerFor(found.route.authorizer);
      const authorization = await authorize(request, found.route.scopes);
      switch (authorization.kind) {
        case "unauthorized":
          return gatewayMessage(401, "Unauthorized", {
            "www-authenticate": authorization.challenge,
          });
        case "forbidden":
          return gatewayMessage(403, "Forbidden", { "www-authenticate": authorization.challenge });
        case "authorized":
          jwt = authorization.jwt;
      }
    }
    if (read.kind === "tooLarge") return tooLarge;
    return integrate(found, request, read.body, jwt, requestId);
  };

  return (incoming, outgoing) => {
    const request = readRequest(incoming);
    const requestId = randomBytes(11).toString("base64");
    respond(request, () => readBody(incoming, bodyLimitBytes), requestId)
      .catch(() => gatewayMessage(500, "Internal Server Error"))
      .then((response) => {
        const withoutBody = response.status === 204 || response.status === 304;
        outgoing
          .writeHead(response.status, {
            ...mutable(response.headers),
            ...corsHeaders(api.cors, request.headers),
            ...(withoutBody ? {} : { "content-length": response.body.length }),
            "apigw-requestid": requestId,
          })
          .end(withoutBody || request.method === "HEAD" ? undefined : response.body);
      })
      .catch(() => {
        // A function's headers may be such that HTTP can't carry them; API Gateway answers 500 too.
        if (!outgoing.headersSent) outgoing.writeHead(500);
        outgoing.end();
      });
  };
}

const tooLarge = gatewayMessage(413, "Request Entity Too Large");

function mutable(headers: GatewayResponse["headers"]): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers)
      // The length is that of the body as it is sent.
      .filter(([name]) => name !== "content-length")
      .map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

async function within<Value>(
  milliseconds: number,
  promise: Promise<Value>,
): Promise<Value | "timeout"> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), milliseconds);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
