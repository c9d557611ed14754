import { randomUUID } from "node:crypto";
import type { Clock } from "../../clock";
import { AwsServiceError, parseInput } from "../aws-error";
import * as inputs from "./inputs";
import { addVersion, newSecretArn, type Secret, type SecretValue } from "./secret";

type Action = (input: unknown) => object;

const dayMilliseconds = 24 * 60 * 60 * 1000;
// The API's JSON carries times as seconds.
const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The actions of Secrets Manager on secrets in memory, by name, and how to find a secret by its name or ARN. */
export function secretsManagerActions(clock: Clock): {
  readonly actions: Readonly<Record<string, Action>>;
  readonly find: (secretId: string) => Secret | undefined;
} {
  const secrets = new Map<string, Secret>();

  const find = (secretId: string): Secret | undefined => {
    for (const secret of secrets.values()) {
      if (secret.deletionAt !== undefined && secret.deletionAt <= clock.now()) {
        secrets.delete(secret.name);
        continue;
      }
      // An ARN is accepted without its six random characters as well.
      const shortArn = secret.arn.slice(0, -7);
      if ([secret.name, secret.arn, shortArn].includes(secretId)) return secret;
    }
    return undefined;
  };

  const existing = (secretId: string): Secret => {
    const secret = find(secretId);
    if (secret !== undefined) return secret;
    throw notFound("Secrets Manager can't find the specified secret.");
  };

  const usable = (secretId: string): Secret => {
    const secret = existing(secretId);
    if (secret.deletionAt === undefined) return secret;
    throw new AwsServiceError(
      "InvalidRequestException",
      "You can't perform this operation on the secret because it was marked for deletion.",
    );
  };

  /** The id of the version that holds the value: the one written before when the token repeats. */
  const write = (
    secret: Secret,
    token: string | undefined,
    value: SecretValue,
    stages: readonly string[],
  ): string => {
    const id = token ?? randomUUID();
    const written = secret.versions.get(id);
    if (written === undefined) {
      addVersion(secret, id, value, stages, clock.now());
    } else if (!sameValue(written, value)) {
      throw new AwsServiceError(
        "ResourceExistsException",
        `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
      );
    }
    return id;
  };

  const actions: Readonly<Record<string, Action>> = {
    CreateSecret: (raw) => {
      const input = parseInput(inputs.createSecret, raw);
      const value = valueOf(input);
      const before = find(input.Name);
      if (before !== undefined) {
        if (before.deletionAt !== undefined) {
          throw new AwsServiceError(
            "InvalidRequestException",
            "You can't create this secret because a secret with this name is already scheduled for deletion.",
          );
        }
        const written = before.versions.get(input.ClientRequestToken ?? "");
        if (written !== undefined && sameValue(written, value)) {
          return { ARN: before.arn, Name: before.name, VersionId: written.id };
        }
        throw new AwsServiceError(
          "ResourceExistsException",
          `The operation failed because the secret ${input.Name} already exists.`,
        );
      }
      const secret: Secret = {
        arn: newSecretArn(input.Name),
        name: input.Name,
        description: input.Description,
        kmsKeyId: input.KmsKeyId,
        tags: new Map(input.Tags.map((tag) => [tag.Key, tag.Value])),
        versions: new Map(),
        createdAt: clock.now(),
        changedAt: clock.now(),
        deletionAt: undefined,
      };
      secrets.set(secret.name, secret);
      const VersionId = hasValue(value)
        ? write(secret, input.ClientRequestToken, value, ["AWSCURRENT"])
        : undefined;
      return { ARN: secret.arn, Name: secret.name, VersionId };
    },

    GetSecretValue: (raw) => {
      const input = parseInput(inputs.getSecretValue, raw);
      const secret = usable(input.SecretId);
      const stage =
        input.VersionStage ?? (input.VersionId === undefined ? "AWSCURRENT" : undefined);
      const version = [...secret.versions.values()].find(
        (candidate) =>
          (stage === undefined || candidate.stages.has(stage)) &&
          (input.VersionId === undefined || candidate.id === input.VersionId),
      );
      if (version === undefined) {
        const wanted =
          input.VersionId === undefined
            ? `staging label: ${String(stage)}`
            : `VersionId: ${input.VersionId}`;
        throw notFound(`Secrets Manager can't find the specified secret value for ${wanted}`);
      }
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.secretString,
        SecretBinary: version.secretBinary,
        VersionStages: [...version.stages],
        CreatedDate: seconds(version.createdAt),
      };
    },

    PutSecretValue: (raw) => {
      const input = parseInput(inputs.putSecretValue, raw);
      const secret = usable(input.SecretId);
      const value = valueOf(input);
      if (!hasValue(value)) {
        throw new AwsServiceError(
          "InvalidParameterException",
          "You must provide either SecretString or SecretBinary.",
        );
      }
      const stages = input.VersionStages ?? ["AWSCURRENT"];
      const id = write(secret, input.ClientRequestToken, value, stages);
      const written = secret.versions.get(id);
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: id,
        VersionStages: [...(written?.stages ?? [])],
      };
    },

    UpdateSecret: (raw) => {
      const input = parseInput(inputs.updateSecret, raw);
      const secret = usable(input.SecretId);
      if (input.Description !== undefined) secret.description = input.Description;
      if (input.KmsKeyId !== undefined) secret.kmsKeyId = input.KmsKeyId;
      secret.changedAt = clock.now();
      const value = valueOf(input);
      const VersionId = hasValue(value)
        ? write(secret, input.ClientRequestToken, value, ["AWSCURRENT"])
        : undefined;
      return { ARN: secret.arn, Name: secret.name, VersionId };
    },

    DescribeSecret: (raw) => describe(existing(parseInput(inputs.secretId, raw).SecretId)),

    DeleteSecret: (raw) => {
      const input = parseInput(inputs.deleteSecret, raw);
      if (input.ForceDeleteWithoutRecovery && input.RecoveryWindowInDays !== undefined) {
        throw new AwsServiceError(
          "InvalidParameterException",
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
        );
      }
      if (input.ForceDeleteWithoutRecovery) {
        // Forced deletion of a secret that does not exist succeeds (API reference, DeleteSecret).
        const secret = find(input.SecretId);
        if (secret !== undefined) secrets.delete(secret.name);
        return {
          ARN: secret?.arn ?? newSecretArn(input.SecretId),
          Name: secret?.name ?? input.SecretId,
          DeletionDate: seconds(clock.now()),
        };
      }
      const secret = usable(input.SecretId);
      secret.deletionAt = clock.now() + (input.RecoveryWindowInDays ?? 30) * dayMilliseconds;
      return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(secret.deletionAt) };
    },

    RestoreSecret: (raw) => {
      const secret = existing(parseInput(inputs.secretId, raw).SecretId);
      secret.deletionAt = undefined;
      return { ARN: secret.arn, Name: secret.name };
    },

    ListSecrets: (raw) => {
      const input = parseInput(inputs.listSecrets, raw);
      const start = input.NextToken === undefined ? 0 : Number(input.NextToken);
      const end = start + (input.MaxResults ?? 100);
      const listed = [...secrets.values()]
        .filter((secret) => find(secret.name) !== undefined)
        .filter((secret) => input.IncludePlannedDeletion || secret.deletionAt === undefined)
        .filter((secret) => input.Filters.every((filter) => inputs.matchesFilter(secret, filter)))
        .sort((left, right) => left.createdAt - right.createdAt);
      if (input.SortOrder === "desc") listed.reverse();
      return {
        SecretList: listed.slice(start, end).map((secret) => ({
          ...describe(secret),
          VersionIdsToStages: undefined,
          SecretVersionsToStages: versionsToStages(secret),
        })),
        NextToken: end < listed.length ? String(end) : undefined,
      };
    },

    TagResource: (raw) => {
      const input = parseInput(inputs.tagResource, raw);
      const secret = usable(input.SecretId);
      for (const tag of input.Tags) secret.tags.set(tag.Key, tag.Value);
      return {};
    },

    UntagResource: (raw) => {
      const input = parseInput(inputs.untagResource, raw);
      const secret = usable(input.SecretId);
      for (const key of input.TagKeys) secret.tags.delete(key);
      return {};
    },
  };
  return { actions, find };
}

function notFound(message: string): AwsServiceError {
  return new AwsServiceError("ResourceNotFoundException", message);
}

function valueOf(input: inputs.ValueInput): SecretValue {
  if (input.SecretString !== undefined && input.SecretBinary !== undefined) {
    throw new AwsServiceError(
      "InvalidParameterException",
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    );
  }
  return { secretString: input.SecretString, secretBinary: input.SecretBinary };
}

function hasValue(value: SecretValue): boolean {
  return value.secretString !== undefined || value.secretBinary !== undefined;
}

function sameValue(left: SecretValue, right: SecretValue): boolean {
  return left.secretString === right.secretString && left.secretBinary === right.secretBinary;
}

function versionsToStages(secret: Secret): Record<string, string[]> {
  return Object.fromEntries(
    [...secret.versions.values()].map((version) => [version.id, [...version.stages]]),
  );
}

function describe(secret: Secret): object {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
    DeletedDate: secret.deletionAt === undefined ? undefined : seconds(secret.deletionAt),
    Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
    VersionIdsToStages: versionsToStages(secret),
  };
}
