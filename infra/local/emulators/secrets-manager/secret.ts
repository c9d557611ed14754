import { randomBytes } from "node:crypto";
import { localAccountId, localRegion } from "../../aws-identity";

/** One version of a secret's value. Stages: `AWSCURRENT`, `AWSPREVIOUS` and the caller's own. */
interface SecretVersion {
  readonly id: string;
  readonly secretString: string | undefined;
  /** Base64, as on the wire. */
  readonly secretBinary: string | undefined;
  readonly createdAt: number;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  description: string | undefined;
  kmsKeyId: string | undefined;
  readonly tags: Map<string, string>;
  readonly versions: Map<string, SecretVersion>;
  readonly createdAt: number;
  changedAt: number;
  /** When it is gone for good, in milliseconds; set while deletion is scheduled. */
  deletionAt: number | undefined;
}

export interface SecretValue {
  readonly secretString: string | undefined;
  readonly secretBinary: string | undefined;
}

/** The ARN ends in six random characters, so that a secret made anew has another ARN. */
export function newSecretArn(name: string): string {
  const suffix = randomBytes(12)
    .toString("base64")
    .replace(/[^a-zA-Z0-9]/g, "")
    .padEnd(6, "x")
    .slice(0, 6);
  return `arn:aws:secretsmanager:${localRegion}:${localAccountId}:secret:${name}-${suffix}`;
}

/**
 * Adds a version. When it takes `AWSCURRENT`, the version that had it becomes `AWSPREVIOUS`.
 * Versions without a stage are deprecated and dropped, as Secrets Manager does in time.
 */
export function addVersion(
  secret: Secret,
  id: string,
  value: SecretValue,
  stages: readonly string[],
  now: number,
): void {
  const current = [...secret.versions.values()].find((version) => version.stages.has("AWSCURRENT"));
  const version: SecretVersion = { id, ...value, createdAt: now, stages: new Set() };
  secret.versions.set(id, version);
  for (const stage of stages) moveStage(secret, stage, version);
  if (stages.includes("AWSCURRENT") && current !== undefined) {
    moveStage(secret, "AWSPREVIOUS", current);
  }
  for (const [versionId, { stages: left }] of secret.versions) {
    if (left.size === 0) secret.versions.delete(versionId);
  }
  secret.changedAt = now;
}

function moveStage(secret: Secret, stage: string, to: SecretVersion): void {
  for (const version of secret.versions.values()) version.stages.delete(stage);
  to.stages.add(stage);
}
