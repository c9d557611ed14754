import * as z from "zod";

/** The scopes that the exporter uses; each missing one is named when a connection is made. */
export const REQUIRED_SCOPES = [
  "accounts:read",
  "lists:read",
  "lists:write",
  "profiles:read",
  "profiles:write",
] as const;
export const scopeSchema = z.enum(REQUIRED_SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** Members per run unless the connection sets its contract's number (the re-created product's limit). */
export const DEFAULT_PROFILE_LIMIT = 100_000;

/** The wording that a person agrees to when making a connection; the version is kept with the consent. */
export const CONSENT_WORDING = {
  version: "2026-11",
  text:
    "I agree that the fields mapped in exports, which may hold personal data, are sent to Klaviyo and so " +
    "leave this system's compliance boundary; that we are responsible for Klaviyo meeting our privacy and " +
    "security duties and for having obtained the consent needed; and that an administrator can remove the " +
    "connection at any time to end the flow.",
} as const;

export const sharingSchema = z.enum(["administrators", "administratorsAndContributors"]);

/** A private Klaviyo key as it is typed: `pk_` and letters or digits; the length is not documented. */
export const apiKeySchema = z
  .string()
  .trim()
  .regex(/^pk_[A-Za-z0-9_]{6,97}$/, "a private Klaviyo API key starts with pk_");

export const displayNameSchema = z.string().trim().min(1).max(100);

/** The Klaviyo account that a key belongs to, as Klaviyo's accounts call says. */
export const accountSchema = z.object({
  /** The six-character company id. */
  id: z.string(),
  organizationName: z.string(),
  timezone: z.string().optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** One Klaviyo account that exports may be sent to. The key itself is only in Secrets Manager. */
export const connectionSchema = z.object({
  connectionId: z.string(),
  type: z.literal("klaviyo"),
  displayName: displayNameSchema,
  sharing: sharingSchema,
  /** Most members that one run may have. */
  profileLimit: z.number().int().positive(),
  account: accountSchema,
  scopes: z.array(scopeSchema),
  /** The secret that holds the key. */
  secretArn: z.string(),
  consent: z.object({
    agreedBy: z.string(),
    agreedAt: z.iso.datetime(),
    wordingVersion: z.string(),
    wording: z.string(),
  }),
  /** The user under whom scheduled runs are recorded. */
  exportUser: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
});
export type Connection = z.infer<typeof connectionSchema>;
