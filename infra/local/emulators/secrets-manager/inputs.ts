import * as z from "zod";
import type { Secret } from "./secret";

// Limits: Secrets Manager API reference, request parameters of each action.
const name = z.string().regex(/^[a-zA-Z0-9/_+=.@-]{1,512}$/, {
  error: "Member must satisfy regular expression pattern: [a-zA-Z0-9/_+=.@-]{1,512}",
});
const id = z.string().min(1).max(2048);
const token = z.string().min(32).max(64).optional();
const tags = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));
const value = {
  SecretString: z.string().min(1).max(65_536).optional(),
  SecretBinary: z.base64().optional(),
};

export interface ValueInput {
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: string | undefined;
}

export const secretId = z.object({ SecretId: id });

export const createSecret = z.object({
  Name: name,
  ClientRequestToken: token,
  Description: z.string().max(2048).optional(),
  KmsKeyId: z.string().optional(),
  Tags: tags.default([]),
  ...value,
});

export const getSecretValue = z.object({
  SecretId: id,
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});

export const putSecretValue = z.object({
  SecretId: id,
  ClientRequestToken: token,
  VersionStages: z.array(z.string()).min(1).max(20).optional(),
  ...value,
});

export const updateSecret = z.object({
  SecretId: id,
  ClientRequestToken: token,
  Description: z.string().max(2048).optional(),
  KmsKeyId: z.string().optional(),
  ...value,
});

export const deleteSecret = z.object({
  SecretId: id,
  RecoveryWindowInDays: z.int().min(7).max(30).optional(),
  ForceDeleteWithoutRecovery: z.boolean().default(false),
});

const filter = z.object({
  Key: z.enum(["name", "description", "tag-key", "tag-value", "all"]),
  Values: z.array(z.string()),
});

export const listSecrets = z.object({
  Filters: z.array(filter).default([]),
  IncludePlannedDeletion: z.boolean().default(false),
  MaxResults: z.int().min(1).max(100).optional(),
  NextToken: z.string().regex(/^\d+$/).optional(),
  SortOrder: z.enum(["asc", "desc"]).default("asc"),
});

export const tagResource = z.object({ SecretId: id, Tags: tags });
export const untagResource = z.object({ SecretId: id, TagKeys: z.array(z.string()) });

/** Filters match the beginning of what they look at; `!` in front of a value excludes. */
export function matchesFilter(secret: Secret, { Key, Values }: z.output<typeof filter>): boolean {
  const texts = {
    name: [secret.name],
    description: [secret.description ?? ""],
    "tag-key": [...secret.tags.keys()],
    "tag-value": [...secret.tags.values()],
    all: [secret.name, secret.description ?? "", ...secret.tags.keys(), ...secret.tags.values()],
  }[Key];
  const starts = (wanted: string): boolean => texts.some((text) => text.startsWith(wanted));
  return Values.some((wanted) =>
    wanted.startsWith("!") ? !starts(wanted.slice(1)) : starts(wanted),
  );
}
