import * as z from "zod";

/** What goes back to the client. */
export interface GatewayResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const responseSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** An answer of the gateway's own, worded as API Gateway words it. */
export function gatewayMessage(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GatewayResponse {
  return jsonResponse(status, JSON.stringify({ message }), headers);
}

/**
 * The answer that a function's result stands for, format 2.0: with a `statusCode` the result is the
 * response; without one, valid JSON is the body of a 200.
 *
 * @param payload the function's result, JSON.
 */
export function proxyResponse(payload: string): GatewayResponse {
  const result: unknown = JSON.parse(payload);
  const inferred = typeof result !== "object" || result === null || !("statusCode" in result);
  if (inferred) {
    return jsonResponse(200, typeof result === "string" ? result : payload);
  }
  const response = responseSchema.safeParse(result);
  if (!response.success) return gatewayMessage(500, "Internal Server Error");
  const { statusCode, headers, cookies, body, isBase64Encoded } = response.data;
  const lowerCase = Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    status: statusCode,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      ...lowerCase,
      ...(cookies && cookies.length > 0 ? { "set-cookie": cookies } : {}),
    },
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

function jsonResponse(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): GatewayResponse {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(body),
  };
}
