import * as z from "zod";
import { problemSchema } from "../problems/problem";

/** The scopes that the exporter uses; each missing one is named when a connection is made. */
export const REQUIRED_SCOPES = [
  "accounts:read",
  "lists:read",
  "lists:write",
  "profiles:read",
  "profiles:write",
] as const;
const scopeSchema = z.enum(REQUIRED_SCOPES);
export type Scope = z.infer<typeof scopeSchema>;

/** Members per run unless the connection sets its contract's number (the re-created product's limit). */
const DEFAULT_PROFILE_LIMIT = 100_000;

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

/** The full ARN of a secret: what the API reference of Secrets Manager allows in names, and no pattern. */
export const secretArnSchema = z
  .string()
  .trim()
  .regex(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]{1,30}:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,519}$/,
    "the ARN of a secret in AWS Secrets Manager",
  );

/**
 * What lets the connection in: a key, typed in and kept by this system or read from a secret of the customer's own,
 * or somebody's sign-in to Klaviyo. A connection that reads the customer's secret never goes back to one of this
 * system's.
 */
const keySourceSchema = z.enum(["typed", "ownSecret", "signIn"]);

export const displayNameSchema = z.string().trim().min(1).max(100);

/** The Klaviyo account that a key belongs to, as Klaviyo's accounts call says. */
const accountSchema = z.object({
  /** The six-character company id. */
  id: z.string(),
  organizationName: z.string(),
  timezone: z.string().optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** The revision of Klaviyo's API that answers, and the day on which Klaviyo retires it. */
const apiRevisionSchema = z.object({ inUse: z.iso.date(), retiresOn: z.iso.date() });
export type ApiRevision = z.infer<typeof apiRevisionSchema>;

/** What was found out last about a connection's key, by a person's check or by a run. */
const keyFindingSchema = z.object({
  foundAt: z.iso.datetime(),
  foundBy: z.enum(["check", "run"]),
  /** What keeps exports from using the key; absent when it works. */
  problem: problemSchema.optional(),
});
export type KeyFinding = z.infer<typeof keyFindingSchema>;

/** What an administrator sets on a connection; the key has a way of its own. */
export const connectionSettingsSchema = z.object({
  displayName: displayNameSchema,
  sharing: sharingSchema,
  /** Most members that one run may have. */
  profileLimit: z.number().int().min(1).max(1_000_000_000),
});
export type ConnectionSettings = z.infer<typeof connectionSettingsSchema>;

/** The same of a connection that is made: most of it need not be said. */
export const newConnectionSettingsSchema = z.object({
  ...connectionSettingsSchema.shape,
  sharing: sharingSchema.default("administrators"),
  profileLimit: connectionSettingsSchema.shape.profileLimit.default(DEFAULT_PROFILE_LIMIT),
});

/** What is replaced whenever a person changes a connection: its settings, and where its key is. */
export const savedConnectionSchema = z.object({
  ...connectionSettingsSchema.shape,
  /** The secret that holds the key. */
  secretArn: z.string(),
  keySource: keySourceSchema,
  /** A secret of this system's that is to be deleted, since the connection reads the customer's own. */
  abandonedSecretArn: z.string().optional(),
  /** Counts changes by people. */
  version: z.number().int().positive(),
  updatedAt: z.iso.datetime(),
  updatedBy: z.string(),
});

/** One Klaviyo account that exports may be sent to. The key itself is only in Secrets Manager. */
export const connectionSchema = z.object({
  connectionId: z.string(),
  type: z.literal("klaviyo"),
  ...savedConnectionSchema.shape,
  account: accountSchema,
  scopes: z.array(scopeSchema),
  keyFinding: keyFindingSchema,
  /** When a run last reached the account through the connection. */
  lastUsedAt: z.iso.datetime().optional(),
  revision: apiRevisionSchema,
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

/** What people are told of a connection's state. `neverUsed` is one that works and that no run has used. */
export const connectionStateSchema = z.enum([
  "working",
  "neverUsed",
  "keyRefused",
  "signInEnded",
  "scopesMissing",
  "secretUnreachable",
  "otherAccount",
]);
export type ConnectionState = z.infer<typeof connectionStateSchema>;

/** The state that follows from what was found out last. */
export function stateOf({
  keyFinding,
  lastUsedAt,
}: Pick<Connection, "keyFinding" | "lastUsedAt">): ConnectionState {
  switch (keyFinding.problem?.code) {
    case undefined:
      return lastUsedAt === undefined ? "neverUsed" : "working";
    case "signInEnded":
    case "signInUnavailable":
    case "signInAppRefused":
      return "signInEnded";
    case "scopesMissing":
    case "signInScopesMissing":
      return "scopesMissing";
    case "secretUnreadable":
    case "ownSecretUnreadable":
    case "secretScheduledForDeletion":
      return "secretUnreachable";
    case "accountMismatch":
      return "otherAccount";
    default:
      return "keyRefused";
  }
}
