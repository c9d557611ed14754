import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";

/** What a JWT authorizer found out about a request. */
type Authorization =
  | { readonly kind: "authorized"; readonly jwt: JwtContext }
  | { readonly kind: "unauthorized"; readonly challenge: string }
  | { readonly kind: "forbidden"; readonly challenge: string };

/** `requestContext.authorizer.jwt` of the event. */
export interface JwtContext {
  readonly claims: Readonly<Record<string, string>>;
  /** The token's scopes when the route asks for some, else null. */
  readonly scopes: readonly string[] | null;
}

export interface JwtAuthorizerOptions {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** `$request.header.NAME` or `$request.querystring.NAME`. */
  readonly identitySource: readonly string[];
  /** Where the issuer's keys are. */
  readonly jwksUrl: string;
}

interface AuthorizerRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

export type JwtAuthorizer = (
  request: AuthorizerRequest,
  requiredScopes: readonly string[],
) => Promise<Authorization>;

/**
 * Checks tokens as the JWT authorizer of an HTTP API does (developer guide, "Control access to HTTP
 * APIs with JWT authorizers"): signature (RSA only), `iss`, `aud` or else `client_id`, `exp`, `nbf`,
 * `iat`, and at least one of the route's scopes in `scope` or `scp`.
 */
export function createJwtAuthorizer(options: JwtAuthorizerOptions): JwtAuthorizer {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(options.jwksUrl));
  return async (request, requiredScopes) => {
    const token = tokenOf(request, options.identitySource);
    if (token === undefined) return { kind: "unauthorized", challenge: "Bearer" };

    const verified = await verify(token, keys, options);
    if (typeof verified === "string") {
      return { kind: "unauthorized", challenge: challenge("invalid_token", verified) };
    }
    const scopes = scopesOf(verified);
    if (requiredScopes.length > 0 && !scopes.some((scope) => requiredScopes.includes(scope))) {
      return {
        kind: "forbidden",
        challenge: challenge("insufficient_scope", "the token does not have a scope of the route"),
      };
    }
    return {
      kind: "authorized",
      jwt: { claims: claimTexts(verified), scopes: requiredScopes.length > 0 ? scopes : null },
    };
  };
}

/** The payload, or what is wrong with the token. */
async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  options: JwtAuthorizerOptions,
): Promise<JWTPayload | string> {
  let payload: JWTPayload;
  try {
    const verified = await jwtVerify(token, keys, {
      issuer: options.issuer,
      algorithms: ["RS256", "RS384", "RS512"],
    });
    payload = verified.payload;
  } catch (error) {
    return error instanceof errors.JWTExpired
      ? "the token has expired"
      : error instanceof errors.JOSEError
        ? error.message
        : "the token could not be verified";
  }
  // client_id is only looked at when the token has no aud.
  const audience = [payload.aud ?? payload["client_id"]].flat();
  if (!audience.some((name) => typeof name === "string" && options.audience.includes(name))) {
    return "the token does not have a valid audience";
  }
  if (payload.iat !== undefined && payload.iat > Date.now() / 1000) return "issued in the future";
  return payload;
}

function tokenOf(request: AuthorizerRequest, sources: readonly string[]): string | undefined {
  for (const source of sources) {
    const [, place, name = ""] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const value = place === "header" ? request.headers[name.toLowerCase()] : request.query[name];
    const token = value?.replace(/^bearer\s+/i, "").trim();
    if (token !== undefined && token !== "") return token;
  }
  return undefined;
}

function scopesOf(payload: JWTPayload): string[] {
  const scope = payload["scp"] ?? payload["scope"];
  if (Array.isArray(scope)) return scope.map(String);
  return typeof scope === "string" ? scope.split(" ").filter((name) => name !== "") : [];
}

/**
 * Claims as the function gets them, all as text: an array becomes `[a b]`, so that no reader can tell where one of
 * its names ends; null is left out. Observed on real HTTP APIs; the developer guide shows text claims only.
 */
export function claimTexts(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, claimText(value)]),
  );
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(" ")}]`;
  return typeof value === "string" ? value : JSON.stringify(value);
}

function challenge(error: string, description: string): string {
  return `Bearer scope="" error="${error}" error_description="${description.replaceAll('"', "'")}"`;
}
