import { createHash, timingSafeEqual } from "node:crypto";
import type { App, IssuedTokens } from "./grants";
import type { SignInAnswer, SignInRequest } from "./sign-in-exchange";

/** `POST /oauth/token`: a code, or a refresh token, for new tokens. */
export function giveTokens({ simulation, authorization, form }: SignInRequest): SignInAnswer {
  const { grants } = simulation;
  if (!isApp(grants.settings.app, authorization)) {
    return error(401, "invalid_client");
  }
  const now = simulation.now();
  switch (form.get("grant_type")) {
    case "authorization_code": {
      const code = grants.takeCode(form.get("code") ?? "", now);
      if (
        code?.redirectUri !== form.get("redirect_uri") ||
        code.challenge !== challengeOf(form.get("code_verifier") ?? "")
      ) {
        return error(400, "invalid_grant");
      }
      return given(grants.open(code, now));
    }
    case "refresh_token": {
      const tokens = grants.refresh(form.get("refresh_token") ?? "", now);
      if (tokens === undefined) {
        return error(400, "invalid_grant");
      }
      return "retryAfter" in tokens
        ? { status: 429, headers: { "Retry-After": String(tokens.retryAfter) } }
        : given(tokens);
    }
    default:
      return error(400, "unsupported_grant_type");
  }
}

/** `POST /oauth/revoke`: ends what a token allows; one that is worth nothing is revoked already (RFC 7009). */
export function revokeTokens({ simulation, authorization, form }: SignInRequest): SignInAnswer {
  const { grants } = simulation;
  if (!isApp(grants.settings.app, authorization)) {
    return error(401, "invalid_client");
  }
  const token = form.get("token");
  if (token === null) {
    return error(400, "invalid_request");
  }
  grants.revoke(token);
  return { status: 200 };
}

function given({ accessToken, refreshToken, expiresIn, scopes }: IssuedTokens): SignInAnswer {
  return json(200, {
    access_token: accessToken,
    refresh_token: refreshToken,
    expires_in: expiresIn,
    token_type: "Bearer",
    scope: scopes.join(" "),
  });
}

function error(status: 400 | 401, code: string): SignInAnswer {
  return json(status, { error: code });
}

function json(status: number, body: object): SignInAnswer {
  const headers = { "Content-Type": "application/json", "Cache-Control": "no-store" };
  return { status, headers, body: JSON.stringify(body) };
}

function isApp({ clientId, clientSecret }: App, authorization = ""): boolean {
  const expected = Buffer.from(
    `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
  );
  const shown = Buffer.from(authorization);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}

/** RFC 7636: a verifier of 43 to 128 characters, and its SHA-256. */
function challengeOf(verifier: string): string {
  return /^[\w.~-]{43,128}$/.test(verifier)
    ? createHash("sha256").update(verifier).digest("base64url")
    : "";
}
