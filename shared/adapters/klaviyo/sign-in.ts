import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { SIGN_IN_MINUTES } from "../../domain/klaviyo/credential";
import { authorizationPage } from "../../domain/klaviyo/klaviyo-address";
import { SIGN_IN_SCOPES, type KlaviyoApp } from "../../domain/klaviyo/klaviyo-app";
import type { Clock, KlaviyoSignIn, SignInPerson } from "../../ports";
import { createTokenCalls } from "./token-calls";

export interface SignInOptions {
  /** Klaviyo's API, or a simulator of it. */
  readonly baseUrl: string;
  /** The stage's app; undefined where it has none. */
  readonly app: () => Promise<KlaviyoApp | undefined>;
  readonly clock: Pick<Clock, "now">;
}

/**
 * Signs people in to Klaviyo through the stage's app (Klaviyo's guide to OAuth; RFC 6749 with PKCE, RFC 7636).
 *
 * Nothing is kept of a sign-in that was begun. Its state says when it ends, and is sealed with the app's secret for
 * the person and the place; the verifier follows from the state in the same way.
 */
export function createKlaviyoSignIn({ baseUrl, app, clock }: SignInOptions): KlaviyoSignIn {
  const calls = createTokenCalls(baseUrl, clock);

  return {
    async begin(person) {
      const known = await app();
      const redirectUri = known?.redirectUris[person.returnTo];
      if (known === undefined || redirectUri === undefined) {
        return null;
      }
      const expiresAt = new Date(clock.now().getTime() + SIGN_IN_MINUTES * 60_000);
      const state = newState(known, person, expiresAt);
      const challenge = createHash("sha256").update(verifierOf(known, state)).digest("base64url");
      const query = new URLSearchParams({
        response_type: "code",
        client_id: known.clientId,
        redirect_uri: redirectUri,
        scope: SIGN_IN_SCOPES.join(" "),
        state,
        code_challenge_method: "S256",
        code_challenge: challenge,
      });
      const authorizationUrl = `${authorizationPage(baseUrl)}?${query.toString()}`;
      return { authorizationUrl, redirectUri, state, expiresAt };
    },

    async finish(person, { state, code }) {
      const known = await app();
      const redirectUri = known?.redirectUris[person.returnTo];
      if (known === undefined || redirectUri === undefined) {
        return { ok: false, failure: { kind: "noApp" } };
      }
      if (!isOurs(known, person, state, clock.now())) {
        return { ok: false, failure: { kind: "foreign" } };
      }
      return calls.tokens(known, {
        grant_type: "authorization_code",
        code,
        code_verifier: verifierOf(known, state),
        redirect_uri: redirectUri,
      });
    },

    async refresh(refreshToken) {
      const known = await app();
      return known === undefined
        ? { ok: false, failure: { kind: "noApp" } }
        : calls.tokens(known, { grant_type: "refresh_token", refresh_token: refreshToken });
    },

    async revoke(refreshToken) {
      const known = await app();
      return known === undefined
        ? { ok: false, failure: { kind: "noApp" } }
        : calls.revoke(known, refreshToken);
    },
  };
}

/** `<end, in seconds>.<random>.<seal>` */
function newState(app: KlaviyoApp, person: SignInPerson, expiresAt: Date): string {
  const open = `${String(Math.floor(expiresAt.getTime() / 1_000))}.${randomBytes(16).toString("base64url")}`;
  return `${open}.${sealOf(app, person, open)}`;
}

function isOurs(app: KlaviyoApp, person: SignInPerson, state: string, now: Date): boolean {
  const parts = state.split(".");
  const [end = "", random = "", seal = ""] = parts;
  const expected = Buffer.from(sealOf(app, person, `${end}.${random}`));
  const given = Buffer.from(seal);
  return (
    parts.length === 3 &&
    given.length === expected.length &&
    timingSafeEqual(given, expected) &&
    now.getTime() < Number(end) * 1_000
  );
}

function sealOf(app: KlaviyoApp, { userId, returnTo }: SignInPerson, open: string): string {
  return sealed(app, ["state", open, userId, returnTo]);
}

/** 43 characters, as RFC 7636 wants at least. */
function verifierOf(app: KlaviyoApp, state: string): string {
  return sealed(app, ["verifier", state]);
}

function sealed({ clientSecret }: KlaviyoApp, parts: readonly string[]): string {
  return createHmac("sha256", clientSecret).update(JSON.stringify(parts)).digest("base64url");
}
