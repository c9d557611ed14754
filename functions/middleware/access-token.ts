import * as z from "zod";
import type { TokenRules } from "../../shared/domain/access/token-rules";
import { parseJson } from "../../shared/domain/text/parse-json";

const headerSchema = z.object({ typ: z.string().optional() });
const claimsSchema = z.record(z.string(), z.unknown());
export type Claims = Readonly<Record<string, unknown>>;

interface Token {
  readonly type: string | undefined;
  readonly claims: Claims;
}

/** Claims by which two readings of one token are known to be of the same. */
const TELLING = ["sub", "iss", "jti", "client_id", "iat", "exp"] as const;

/** Only an ID token, which is for the client alone, has these (OpenID Connect Core 1.0, 3.1.3.6 and 3.3.2.11). */
const OF_ID_TOKENS = ["nonce", "at_hash", "c_hash"] as const;

/**
 * The claims of the access token in a request's `Authorization` header, as its issuer wrote them. The gateway has
 * verified that token; what it hands on has every list flattened to one text, in which the group “Not an
 * Administrator” can't be told from three groups. So the token is read again, and it must be the one that was
 * verified: undefined when it is not, and when it is no access token by the stage's rules.
 *
 * @param verified the claims as the gateway hands them on: every value a text.
 */
export function accessTokenClaims(
  authorization: string | undefined,
  verified: Claims,
  rules: Pick<TokenRules, "issuedBy" | "tokenType" | "scope">,
): Claims | undefined {
  const token = readToken(authorization);
  return token !== undefined && isSame(token.claims, verified) && isAccessToken(token, rules)
    ? token.claims
    : undefined;
}

function readToken(authorization: string | undefined): Token | undefined {
  const parts = authorization
    ?.replace(/^bearer\s+/i, "")
    .trim()
    .split(".");
  const [header, payload] = parts ?? [];
  if (parts?.length !== 3 || header === undefined || payload === undefined) {
    return undefined;
  }
  const type = headerSchema.safeParse(readJson(header));
  const claims = claimsSchema.safeParse(readJson(payload));
  return type.success && claims.success
    ? { type: type.data.typ?.toLowerCase(), claims: claims.data }
    : undefined;
}

function readJson(part: string): unknown {
  return parseJson(Buffer.from(part, "base64url").toString("utf8"));
}

/** The gateway writes numbers as text; how it writes large ones is nowhere promised. */
function isSame(claims: Claims, verified: Claims): boolean {
  return TELLING.every((name) => {
    const claim = own(claims, name);
    const other = own(verified, name);
    return typeof claim === "number"
      ? typeof other === "string" && Number(other) === claim
      : claim === other || (claim === null && other === undefined);
  });
}

function isAccessToken(
  { type, claims }: Token,
  { issuedBy, tokenType, scope }: Pick<TokenRules, "issuedBy" | "tokenType" | "scope">,
): boolean {
  const use = own(claims, "token_use");
  const said =
    tokenType === undefined
      ? type === undefined || type === "jwt" || isAccessType(type)
      : withoutApplication(type) === withoutApplication(tokenType.toLowerCase());
  return (
    said &&
    (use === "access" || (issuedBy === "oidc" && use === undefined)) &&
    OF_ID_TOKENS.every((name) => own(claims, name) === undefined) &&
    (scope === undefined || scopesOf(claims).includes(scope))
  );
}

function isAccessType(type: string): boolean {
  return withoutApplication(type) === "at+jwt";
}

/** A media type's `application/` may be left out (RFC 7515, 4.1.9). */
function withoutApplication(type: string | undefined): string | undefined {
  return type?.replace(/^application\//, "");
}

function scopesOf(claims: Claims): readonly unknown[] {
  const scopes = own(claims, "scp") ?? own(claims, "scope");
  return typeof scopes === "string" ? scopes.split(" ") : Array.isArray(scopes) ? scopes : [];
}

/** A claim by its name; what every object inherits is none. */
export function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
