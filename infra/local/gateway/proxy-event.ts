import type { IncomingMessage } from "node:http";
import { localAccountId } from "../aws-identity";
import type { JwtContext } from "./jwt-authorizer";
import { decode } from "./routes";

/** A request as the gateway works with it. */
export interface GatewayRequest {
  readonly method: string;
  /** Percent-encoded, as received. */
  readonly path: string;
  readonly rawQueryString: string;
  /** Lower-case names; several values joined by commas. Without `cookie`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Decoded; several values joined by commas. */
  readonly query: Readonly<Record<string, string>>;
  readonly sourceIp: string;
}

export function readRequest(request: IncomingMessage): GatewayRequest {
  const [path = "/", ...query] = (request.url ?? "/").split("?");
  const rawQueryString = query.join("?");
  const { cookie, ...headers } = request.headersDistinct;
  return {
    method: request.method ?? "GET",
    path,
    rawQueryString,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, values]) => [name, (values ?? []).join(",")]),
    ),
    cookies: (cookie ?? []).flatMap((line) => line.split(/;\s*/)),
    query: joinQuery(rawQueryString),
    sourceIp: request.socket.remoteAddress ?? "127.0.0.1",
  };
}

function joinQuery(rawQueryString: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = joined[name];
    joined[name] = before === undefined ? value : `${before},${value}`;
  }
  return joined;
}

export interface ProxyEventParts {
  readonly request: GatewayRequest;
  readonly body: Buffer;
  readonly routeKey: string;
  readonly stage: string;
  readonly requestId: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly jwt: JwtContext | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * The event of a Lambda proxy integration, payload format 2.0 (developer guide, "Create AWS Lambda
 * proxy integrations for HTTP APIs"). `rawPath` is percent-decoded in spite of its name, as HTTP
 * APIs really send it.
 */
export function proxyEvent(parts: ProxyEventParts): object {
  const { request, body, routeKey, stage, requestId, pathParameters, jwt, time } = parts;
  const path = decode(request.path);
  const binary = body.length > 0 && !isText(request.headers["content-type"]);
  const host = request.headers["host"] ?? "";
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: request.rawQueryString,
    ...(request.cookies.length > 0 ? { cookies: request.cookies } : {}),
    headers: {
      ...request.headers,
      "x-forwarded-for": request.sourceIp,
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
    },
    ...(request.rawQueryString === "" ? {} : { queryStringParameters: request.query }),
    requestContext: {
      accountId: localAccountId,
      apiId: "local",
      ...(jwt === undefined ? {} : { authorizer: { jwt } }),
      domainName: host,
      domainPrefix: host.split(".")[0],
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage,
      time: commonLogTime(time),
      timeEpoch: time,
    },
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
    ...(body.length > 0 ? { body: body.toString(binary ? "base64" : "utf8") } : {}),
    isBase64Encoded: binary,
  };
}

function isText(contentType: string | undefined): boolean {
  if (contentType === undefined) return true;
  return /^(text\/|application\/(json|javascript|xml|[^;]*\+(json|xml))\b)/i.test(contentType);
}

/** As in `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(time: number): string {
  const [, day, month, year, clock] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(time).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${clock} +0000`;
}
