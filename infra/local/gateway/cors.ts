import type { CorsConfiguration } from "../template/resource-properties";

type Headers = Readonly<Record<string, string>>;

/** The CORS headers of an answer; none when the API has no CORS or the origin is not allowed. */
export function corsHeaders(
  configuration: CorsConfiguration | undefined,
  requestHeaders: Headers,
): Record<string, string> {
  const origin = requestHeaders["origin"];
  if (configuration === undefined || origin === undefined) return {};
  const allowed = allowedOrigin(configuration, origin);
  if (allowed === undefined) return {};
  return {
    "access-control-allow-origin": allowed,
    ...(allowed === "*" ? {} : { vary: "Origin" }),
    ...(configuration.AllowCredentials ? { "access-control-allow-credentials": "true" } : {}),
    ...(configuration.ExposeHeaders.length > 0
      ? { "access-control-expose-headers": configuration.ExposeHeaders.join(",") }
      : {}),
  };
}

/** Whether the gateway answers this itself: a browser's question before the request proper. */
export function isPreflight(method: string, requestHeaders: Headers): boolean {
  return (
    method === "OPTIONS" &&
    requestHeaders["origin"] !== undefined &&
    requestHeaders["access-control-request-method"] !== undefined
  );
}

export function preflightHeaders(
  configuration: CorsConfiguration,
  requestHeaders: Headers,
): Record<string, string> {
  const headers = corsHeaders(configuration, requestHeaders);
  if (Object.keys(headers).length === 0) return {};
  return {
    ...headers,
    "access-control-allow-methods": configuration.AllowMethods.join(","),
    "access-control-allow-headers": configuration.AllowHeaders.join(","),
    ...(configuration.MaxAge === undefined
      ? {}
      : { "access-control-max-age": String(configuration.MaxAge) }),
  };
}

function allowedOrigin(configuration: CorsConfiguration, origin: string): string | undefined {
  if (configuration.AllowOrigins.includes("*")) return "*";
  const matches = configuration.AllowOrigins.some((pattern) =>
    pattern.endsWith("://*") ? origin.startsWith(pattern.slice(0, -1)) : pattern === origin,
  );
  return matches ? origin : undefined;
}
