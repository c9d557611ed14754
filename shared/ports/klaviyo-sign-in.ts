import type { SignInAnswer, SignInPlace, SignInTokens } from "../domain/klaviyo/credential";

/**
 * Signing in to Klaviyo (OAuth 2.0: authorization code with PKCE), as one app of this stage's. No method throws for
 * what Klaviyo answers; none retries.
 */
export interface KlaviyoSignIn {
  /** Where a person is sent to. Null for a stage that has no app. */
  begin(person: SignInPerson): Promise<SignInStart | null>;
  /**
   * What Klaviyo gives for the code that it sent the person back with. A code is good once. `foreign` when the state
   * is not what {@link begin} gave this person for this place, or is too old; Klaviyo is not asked then.
   */
  finish(
    person: SignInPerson,
    answer: SignInAnswer,
  ): Promise<SignInResult | { readonly ok: false; readonly failure: { readonly kind: "foreign" } }>;
  /** The next tokens. Whether the last ones are worth anything after that is not documented. */
  refresh(refreshToken: string): Promise<SignInResult>;
  /** Ends what the tokens allow. Tokens that are worth nothing already count as revoked. */
  revoke(refreshToken: string): Promise<RevocationResult>;
}

/** Who signs in, and where. */
export interface SignInPerson {
  readonly userId: string;
  readonly returnTo: SignInPlace;
}

export interface SignInStart {
  /** Klaviyo's page, on which the person lets the app in. */
  readonly authorizationUrl: string;
  /** Where Klaviyo sends the person then, with `code` and `state` in the query; or with `error`. */
  readonly redirectUri: string;
  readonly state: string;
  /** When it must have been finished. */
  readonly expiresAt: Date;
}

/**
 * Why Klaviyo gave no tokens. `ended`: the code or the refresh token is worth nothing, or not any more. `noApp`: this
 * stage has none. `appRefused`: Klaviyo does not know the app, or its secret is another. `throttled`,
 * `unavailable`: try again later; whether Klaviyo did it is not known.
 */
export type SignInFailure =
  | { readonly kind: "ended" }
  | { readonly kind: "noApp" }
  | { readonly kind: "appRefused" }
  | { readonly kind: "throttled"; readonly retryAfterMilliseconds: number }
  | { readonly kind: "unavailable"; readonly reason: string };

export type SignInResult =
  | { readonly ok: true; readonly tokens: SignInTokens }
  | { readonly ok: false; readonly failure: SignInFailure };
export type RevocationResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly failure: SignInFailure };
