import { claimTexts } from "../../infra/local/gateway/jwt-authorizer";

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");

/**
 * What the gateway hands on of a request whose token it has verified: the token itself, and its claims with every
 * value written as one text.
 */
export function verifiedToken(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = { alg: "RS256" },
) {
  const whole = { token_use: "access", ...claims };
  return {
    headers: { authorization: `Bearer ${encode(header)}.${encode(whole)}.signature` },
    authorizer: { jwt: { claims: claimTexts(whole), scopes: null } },
  };
}
