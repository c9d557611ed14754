import type { Credential } from "../../../shared/domain/klaviyo/credential";
import type { KlaviyoSignIn } from "../../../shared/ports";

/** A key as connections keep it, and as calls are made with it. */
export const keyOf = (apiKey: string) => ({ kind: "apiKey", apiKey }) as const;

/** The text that lets a call in, whichever kind it is. */
export const textOf = (credential: Credential): string =>
  credential.kind === "apiKey" ? credential.apiKey : credential.accessToken;

/** Signing in, in a stage that has no app in Klaviyo. */
export const noSignIn = (): KlaviyoSignIn => ({
  begin: async () => null,
  finish: async () => ({ ok: false, failure: { kind: "noApp" } }),
  refresh: async () => ({ ok: false, failure: { kind: "noApp" } }),
  revoke: async () => ({ ok: false, failure: { kind: "noApp" } }),
});
