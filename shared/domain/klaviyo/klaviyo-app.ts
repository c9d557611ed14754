import * as z from "zod";
import { REQUIRED_SCOPES } from "../connections/connection";

/** What a person who signs in is asked to allow; the last one only for exports that subscribe. */
export const SIGN_IN_SCOPES = [...REQUIRED_SCOPES, "subscriptions:write"] as const;

/** Klaviyo takes redirect addresses by https, and by http on the person's own machine (RFC 8252, section 7.3). */
const redirectUriSchema = z.url().refine((address) => {
  const { protocol, hostname, hash } = new URL(address);
  const isOwnMachine = hostname === "127.0.0.1" || hostname === "localhost";
  return hash === "" && (protocol === "https:" || (protocol === "http:" && isOwnMachine));
}, "an https address, or an http address of the person's own machine");

/** A stage's app in Klaviyo, as its secret holds it. People sign in through it. */
export const klaviyoAppSchema = z.object({
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(1_000),
  /** Where people are sent back to, exactly as the app in Klaviyo names them. A place without one can't be used. */
  redirectUris: z.object({
    console: redirectUriSchema.optional(),
    terminal: redirectUriSchema.optional(),
  }),
});
export type KlaviyoApp = z.infer<typeof klaviyoAppSchema>;
