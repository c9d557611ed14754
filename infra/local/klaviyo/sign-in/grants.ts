import { alphanumeric } from "../faults/seeded-random";
import type { Scope } from "../http/operations";
import type { Account } from "../state/accounts";

/** An app in Klaviyo that people may let into their accounts. */
export interface App {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
}

/**
 * What becomes of a refresh token that is used. Accounts of Klaviyo differ: its demo leaves it open, others say that
 * it is replaced every time. `atOnce`: it is worth nothing from then on. `onceUsed`: it is, as soon as what it
 * brought is used. `never`: it stays.
 */
export type Rotation = "atOnce" | "onceUsed" | "never";

export interface SignInSettings {
  readonly app: App;
  readonly rotation: Rotation;
  /** Seconds for which an access token is good. Klaviyo's is an hour, by third parties' figures. */
  readonly accessTokenSeconds: number;
  /** Most refreshes of an installation in a minute. */
  readonly refreshesPerMinute: number;
}

/** One account's permission for the app. */
interface Grant {
  readonly account: Account;
  readonly scopes: readonly Scope[];
  isEnded: boolean;
  /** Counts the tokens that it was given. */
  issued: number;
  /** The latest that was used. */
  used: number;
  readonly refreshedAt: number[];
}

interface Token {
  readonly grant: Grant;
  readonly number: number;
}
interface Code extends Pick<Grant, "account" | "scopes"> {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly expiresAt: number;
}

/** What the token endpoint gives. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly scopes: readonly Scope[];
}

export interface GrantStore {
  readonly settings: SignInSettings;
  /** A code for an account whose person allows these scopes. */
  newCode(code: Omit<Code, "expiresAt">, now: number): string;
  /** What the code stands for; it is good once, and for five minutes. */
  takeCode(code: string, now: number): Code | undefined;
  open(code: Code, now: number): IssuedTokens;
  /** Undefined for a refresh token that is worth nothing; the seconds to wait for one that was used too often. */
  refresh(refreshToken: string, now: number): IssuedTokens | { retryAfter: number } | undefined;
  revoke(token: string): void;
  /** Ends every installation, as when the app is removed from the accounts. */
  endAll(): void;
  /** Whom an access token lets in. */
  authenticate(accessToken: string, now: number): Pick<Grant, "account" | "scopes"> | undefined;
}

const CODE_MILLISECONDS = 300_000;
const TOKEN_LENGTH = 40;

export function createGrantStore(seed: number, settings: SignInSettings): GrantStore {
  const codes = new Map<string, Code>();
  const accessTokens = new Map<string, Token & { readonly expiresAt: number }>();
  const refreshTokens = new Map<string, Token>();
  let made = 0;

  const newToken = (): string => {
    made += 1;
    return alphanumeric(TOKEN_LENGTH, seed, made);
  };

  /** Tokens before one that is used are worth nothing any more. */
  const use = ({ grant, number }: Token): void => {
    grant.used = Math.max(grant.used, number);
  };

  const issue = (grant: Grant, now: number, kept?: string): IssuedTokens => {
    grant.issued += 1;
    const token = { grant, number: grant.issued };
    const accessToken = newToken();
    const refreshToken = kept ?? newToken();
    const expiresAt = now + settings.accessTokenSeconds * 1_000;
    accessTokens.set(accessToken, { ...token, expiresAt });
    refreshTokens.set(refreshToken, token);
    const { scopes } = grant;
    return { accessToken, refreshToken, expiresIn: settings.accessTokenSeconds, scopes };
  };

  const isGood = ({ grant, number }: Token): boolean => {
    if (grant.isEnded) return false;
    switch (settings.rotation) {
      case "atOnce":
        return number === grant.issued;
      case "onceUsed":
        return number >= grant.used;
      case "never":
        return true;
    }
  };

  return {
    settings,
    newCode(code, now) {
      const text = newToken();
      codes.set(text, { ...code, expiresAt: now + CODE_MILLISECONDS });
      return text;
    },
    takeCode(text, now) {
      const code = codes.get(text);
      codes.delete(text);
      return code === undefined || now >= code.expiresAt ? undefined : code;
    },
    open: ({ account, scopes }, now) =>
      issue({ account, scopes, isEnded: false, issued: 0, used: 0, refreshedAt: [] }, now),
    refresh(refreshToken, now) {
      const token = refreshTokens.get(refreshToken);
      if (token === undefined || !isGood(token)) return undefined;
      const { grant } = token;
      while ((grant.refreshedAt[0] ?? now) <= now - 60_000) grant.refreshedAt.shift();
      const [first] = grant.refreshedAt;
      if (first !== undefined && grant.refreshedAt.length >= settings.refreshesPerMinute) {
        return { retryAfter: Math.ceil((first + 60_000 - now) / 1_000) };
      }
      grant.refreshedAt.push(now);
      use(token);
      return issue(grant, now, settings.rotation === "never" ? refreshToken : undefined);
    },
    revoke(token) {
      const found = refreshTokens.get(token) ?? accessTokens.get(token);
      if (found !== undefined) found.grant.isEnded = true;
    },
    endAll() {
      for (const { grant } of refreshTokens.values()) grant.isEnded = true;
    },
    authenticate(accessToken, now) {
      const token = accessTokens.get(accessToken);
      if (token === undefined || token.grant.isEnded || now >= token.expiresAt) return undefined;
      use(token);
      return token.grant;
    },
  };
}
