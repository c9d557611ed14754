import { decodeJwt } from "jose";
import { roleSchema, type Role } from "../../../shared/domain/access/identity";

/** What a token says of its owner. It is not verified here: the API does that. */
export interface TokenContent {
  readonly userId: string | undefined;
  readonly username: string | undefined;
  /** The highest of the groups that are roles; undefined when there is none, or another claim names them. */
  readonly role: Role | undefined;
  readonly expiresAt: Date | undefined;
}

/** Undefined when the text is no JSON web token. */
export function readToken(token: string): TokenContent | undefined {
  try {
    const claims = decodeJwt(token);
    const groups = [claims["cognito:groups"] ?? []].flat();
    const username = claims["username"] ?? claims["email"] ?? claims["preferred_username"];
    return {
      userId: claims.sub,
      username: typeof username === "string" ? username : undefined,
      role: roleSchema.options.find((role) => groups.includes(role)),
      expiresAt: claims.exp === undefined ? undefined : new Date(claims.exp * 1_000),
    };
  } catch {
    return undefined;
  }
}

/** Not to be used any more; a little early, since a request takes its time. */
export function hasExpired(token: string, now: Date): boolean {
  const expiresAt = readToken(token)?.expiresAt;
  return expiresAt !== undefined && expiresAt.getTime() - 15_000 <= now.getTime();
}
