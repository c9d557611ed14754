import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  RestoreSecretCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { DomainError } from "../../domain/problems/problem";
import { awsCall, AwsFailure } from "./aws-failure";

/**
 * Secrets Manager API reference: what only a person can put right. Everything else, such as throttling,
 * passes, and says nothing about the secret.
 */
const lasting: ReadonlySet<string> = new Set([
  "ResourceNotFoundException",
  "InvalidRequestException",
  "InvalidParameterException",
  "DecryptionFailure",
  "AccessDeniedException",
  "ValidationException",
]);

/** Makes a secret, or gives the one that is there already another value. Returns its ARN. */
export async function createSecret(
  client: SecretsManagerClient,
  {
    name: Name,
    value: SecretString,
    description: Description,
    tags,
  }: {
    readonly name: string;
    readonly value: string;
    readonly description: string;
    readonly tags: Readonly<Record<string, string>>;
  },
): Promise<string> {
  const all = { application: "klaviyo-segment-export", ...tags };
  const { ARN } = await awsCall("CreateSecret", async () => {
    try {
      return await client.send(
        new CreateSecretCommand({
          ...{ Name, SecretString, Description },
          Tags: Object.entries(all).map(([Key, Value]) => ({ Key, Value })),
        }),
      );
    } catch (error) {
      if (!(error instanceof ResourceExistsException) && !isScheduledForDeletion(error)) {
        throw error;
      }
      // An earlier try of the same request made it, and broke off; or somebody let it be deleted.
      return put(client, Name, SecretString);
    }
  });
  if (ARN === undefined) {
    throw new AwsFailure("CreateSecret", "the answer names no ARN");
  }
  return ARN;
}

/** Gives a secret another value; false when it is not there. */
export async function replaceSecret(
  client: SecretsManagerClient,
  secretArn: string,
  value: string,
): Promise<boolean> {
  const replaced = await awsCall("PutSecretValue", async () => {
    try {
      return await put(client, secretArn, value);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    }
  });
  return replaced !== undefined;
}

/** Gives a secret another value; brings it back if it is scheduled for deletion. */
async function put(client: SecretsManagerClient, SecretId: string, SecretString: string) {
  try {
    return await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  } catch (error) {
    if (!isScheduledForDeletion(error)) {
      throw error;
    }
    await client.send(new RestoreSecretCommand({ SecretId }));
    return client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  }
}

/** At once and for ever. Deleting what is not there succeeds. */
export async function deleteSecret(client: SecretsManagerClient, secretArn: string): Promise<void> {
  await awsCall("DeleteSecret", async () => {
    try {
      await client.send(
        new DeleteSecretCommand({ SecretId: secretArn, ForceDeleteWithoutRecovery: true }),
      );
    } catch (error) {
      // One that is scheduled for deletion goes by itself.
      if (!(error instanceof ResourceNotFoundException) && !isScheduledForDeletion(error)) {
        throw error;
      }
    }
  });
}

/**
 * A secret's text. Throws `secretUnreadable` or `secretScheduledForDeletion` when a person must look, and a failure
 * that passes otherwise.
 *
 * @param isOwn whether it is one of this system's own
 */
export async function readSecretText(
  client: SecretsManagerClient,
  secretArn: string,
  isOwn: boolean,
): Promise<string> {
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return answer.SecretString ?? "";
  } catch (error) {
    if (isScheduledForDeletion(error)) {
      throw new DomainError("secretScheduledForDeletion");
    }
    const name = error instanceof Error ? error.name : "unknown error";
    // A right to secrets of this system's own is the operators' to mend, and may be back in a moment.
    throw lasting.has(name) && !(isOwn && name === "AccessDeniedException")
      ? new DomainError("secretUnreadable")
      : new AwsFailure("GetSecretValue", name);
  }
}

/**
 * A secret that is deleted stays for days, in which it can be restored and its name is taken. Secrets Manager
 * has one error for all that a secret's state does not allow; only its text tells which.
 */
function isScheduledForDeletion(error: unknown): boolean {
  return (
    error instanceof InvalidRequestException &&
    /marked for deletion|marked deleted|scheduled for deletion/i.test(error.message)
  );
}
