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
import * as z from "zod";
import { apiKeySchema } from "../../domain/connections/connection";
import { signInTokensSchema, type KeptCredential } from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, SecretStore } from "../../ports";
import { awsCall, AwsFailure } from "./aws-failure";

/**
 * A key is asked for with every chunk; Secrets Manager is asked once a minute and process. So a key that is
 * replaced or deleted is out of use everywhere within a minute.
 */
const CACHE_MILLISECONDS = 60_000;

/** A customer's own secret may hold the key as it is, or as the property `apiKey` of a JSON object. */
const keySchema = z
  .union([z.object({ apiKey: apiKeySchema }).transform(({ apiKey }) => apiKey), apiKeySchema])
  .transform((apiKey): KeptCredential => ({ kind: "apiKey", apiKey }));

/** A secret of this system's also holds tokens, as a JSON object. */
const ownSchema = z.union([
  keySchema,
  signInTokensSchema.transform((tokens): KeptCredential => ({ kind: "signIn", ...tokens })),
]);

function valueOf({ kind: _kind, ...value }: KeptCredential): string {
  return JSON.stringify(value);
}

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

/**
 * Keeps each connection's API key or tokens as its own secret `<prefix>/<connection id>`, whose value is the JSON
 * object `{"apiKey": …}`, or `{"accessToken": …, "refreshToken": …, "issuedAt": …, "expiresAt": …}`.
 */
export function createSecretStore(options: {
  client: SecretsManagerClient;
  namePrefix: string;
  clock: Pick<Clock, "now">;
}): SecretStore {
  const { client, namePrefix, clock } = options;
  const cache = new Map<string, { kept: KeptCredential; until: number }>();

  const isOwn = (secretArn: string): boolean =>
    secretArn.split(":").slice(6).join(":").startsWith(`${namePrefix}/`);

  async function create(connectionId: string, kept: KeptCredential): Promise<string> {
    const Name = `${namePrefix}/${connectionId}`;
    const SecretString = valueOf(kept);
    const { ARN } = await awsCall("CreateSecret", async () => {
      try {
        return await client.send(
          new CreateSecretCommand({
            ...{ Name, SecretString },
            Description: "What lets a connection into its Klaviyo account",
            Tags: [
              { Key: "application", Value: "klaviyo-segment-export" },
              { Key: "connectionId", Value: connectionId },
            ],
          }),
        );
      } catch (error) {
        if (!(error instanceof ResourceExistsException) && !isScheduledForDeletion(error)) {
          throw error;
        }
        // An earlier try of the same request made it, and broke off; or somebody let it be deleted.
        return put(Name, SecretString);
      }
    });
    if (ARN === undefined) {
      throw new AwsFailure("CreateSecret", "the answer names no ARN");
    }
    return ARN;
  }

  /** Gives a secret another value; brings it back if it is scheduled for deletion. */
  async function put(SecretId: string, SecretString: string) {
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

  return {
    create,

    async replace(secretArn, connectionId, kept) {
      cache.delete(secretArn);
      const replaced = await awsCall("PutSecretValue", async () => {
        try {
          return await put(secretArn, valueOf(kept));
        } catch (error) {
          if (error instanceof ResourceNotFoundException) {
            return undefined;
          }
          throw error;
        }
      });
      return replaced === undefined ? create(connectionId, kept) : secretArn;
    },

    isOwn,

    async read(secretArn, { fresh = false } = {}) {
      const cached = fresh ? undefined : cache.get(secretArn);
      if (cached !== undefined && clock.now().getTime() < cached.until) {
        return cached.kept;
      }
      cache.delete(secretArn);
      const kept = await readSecret(client, secretArn, isOwn(secretArn));
      cache.set(secretArn, { kept, until: clock.now().getTime() + CACHE_MILLISECONDS });
      return kept;
    },

    async delete(secretArn) {
      cache.delete(secretArn);
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
    },
  };
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

/** Throws `secretUnreadable` or `secretScheduledForDeletion` when a person must look, and a failure that passes otherwise. */
async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  isOwn: boolean,
): Promise<KeptCredential> {
  let text: string | undefined;
  try {
    const answer = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    text = answer.SecretString;
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
  const value = (isOwn ? ownSchema : keySchema).safeParse(parseJson(text ?? ""));
  if (!value.success) {
    throw new DomainError("secretUnreadable");
  }
  return value.data;
}

/** The value of a JSON text; a text that is none is its own value. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
