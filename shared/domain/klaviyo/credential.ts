import * as z from "zod";

/** What lets a call into a Klaviyo account. */
export type Credential =
  /** A private API key of the account's. */
  | { readonly kind: "apiKey"; readonly apiKey: string }
  /** What a sign-in to Klaviyo brought: good for an hour or so. */
  | { readonly kind: "accessToken"; readonly accessToken: string };

/** The most characters that a token is believed to have. Klaviyo says nothing of it; its own have some hundreds. */
const LONGEST_TOKEN = 8_192;

const tokenSchema = z
  .string()
  .min(1)
  .max(LONGEST_TOKEN)
  // RFC 6749, appendix A.12 and A.17: printable ASCII.
  .regex(/^[\x20-\x7e]+$/);

/** What a sign-in to Klaviyo brings (RFC 6749, section 5.1), and what is kept of it. */
export const signInTokensSchema = z.object({
  accessToken: tokenSchema,
  /** Brings the next tokens. Klaviyo may give another one each time, after which the old one is worth nothing. */
  refreshToken: tokenSchema,
  issuedAt: z.iso.datetime(),
  /** When the access token ends. */
  expiresAt: z.iso.datetime(),
});
export type SignInTokens = z.infer<typeof signInTokensSchema>;

/** Where Klaviyo sends a person back to who signs in: the console's page, or a command line on their machine. */
export const signInPlaceSchema = z.enum(["console", "terminal"]);
export type SignInPlace = z.infer<typeof signInPlaceSchema>;

/** What Klaviyo sends a person back with. Its form is Klaviyo's own; only the length is bounded. */
export const signInAnswerSchema = z.object({
  /** As it was given when the sign-in was begun. */
  state: z.string().min(1).max(500),
  code: z.string().min(1).max(4_096),
});
export type SignInAnswer = z.infer<typeof signInAnswerSchema>;

/** A connection's way into its account, as it is kept in Secrets Manager. */
export type KeptCredential =
  | { readonly kind: "apiKey"; readonly apiKey: string }
  | ({ readonly kind: "signIn" } & SignInTokens);

/** What of it goes with a call. */
export function credentialOf(kept: KeptCredential): Credential {
  switch (kept.kind) {
    case "apiKey":
      return { kind: "apiKey", apiKey: kept.apiKey };
    case "signIn":
      return { kind: "accessToken", accessToken: kept.accessToken };
  }
}

/** Whether calls are let in by the same, be it kept or at hand. */
export function isSameCredential(
  one: Credential | KeptCredential,
  other: Credential | KeptCredential,
): boolean {
  return secretOf(one) === secretOf(other);
}

function secretOf(credential: Credential | KeptCredential): string {
  return credential.kind === "apiKey" ? credential.apiKey : credential.accessToken;
}

/** Minutes in which a sign-in that was begun must be finished. */
export const SIGN_IN_MINUTES = 15;

/** Tokens are renewed so long before their end: longer than a worker's clock may be behind, and a call may take. */
const EARLY_MILLISECONDS = 5 * 60_000;

/** Of tokens that live shortly, the last part of their life in which they are renewed. */
const EARLY_SHARE = 0.25;

/** Whether tokens should be renewed before the next call. They may well be good for that call. */
export function areDue({ issuedAt, expiresAt }: SignInTokens, now: Date): boolean {
  const end = Date.parse(expiresAt);
  const early = Math.min(EARLY_MILLISECONDS, (end - Date.parse(issuedAt)) * EARLY_SHARE);
  return now.getTime() >= end - early;
}

/** Whether an access token is past its time. */
export function areExpired({ expiresAt }: SignInTokens, now: Date): boolean {
  return now.getTime() >= Date.parse(expiresAt);
}

/**
 * Whose rate limits a call counts for. Klaviyo counts what an installed app calls for an account apart from what
 * is called with the account's own keys (its guide to rate limits).
 */
export function quotaOf(accountId: string, { kind }: Pick<Credential, "kind">): string {
  return kind === "apiKey" ? accountId : `${accountId}:app`;
}

/** All that an account's calls are counted for. */
export function quotasOf(accountId: string): readonly string[] {
  return (["apiKey", "accessToken"] as const).map((kind) => quotaOf(accountId, { kind }));
}
