import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { DomainError } from "../../domain/problem";
import type { Clock, SecretStore } from "../../ports";
import { awsCall, AwsFailure } from "./aws-failure";

/**
 * A key is asked for with every chunk; Secrets Manager is asked once a minute and process. So a key that is
 * replaced or deleted is out of use everywhere within a minute.
 */
const CACHE_MILLISECONDS = 60_000;

const secretValueSchema = z.object({ apiKey: z.string().min(1) });

/**
 * Keeps each connection's API key as its own secret `<prefix>/<connection id>`, whose value is the JSON
 * object `{"apiKey": …}`.
 */
export function createSecretStore(options: {
  client: SecretsManagerClient;
  namePrefix: string;
  clock: Pick<Clock, "now">;
}): SecretStore {
  const { client, namePrefix, clock } = options;
  const cache = new Map<string, { apiKey: string; until: number }>();

  return {
    async create(connectionId, apiKey) {
      const { ARN } = await awsCall("CreateSecret", () =>
        client.send(
          new CreateSecretCommand({
            Name: `${namePrefix}/${connectionId}`,
            Description: "Klaviyo API key of a connection",
            SecretString: JSON.stringify({ apiKey }),
            Tags: [
              { Key: "application", Value: "klaviyo-segment-export" },
              { Key: "connectionId", Value: connectionId },
            ],
          }),
        ),
      );
      if (ARN === undefined) {
        throw new AwsFailure("CreateSecret", "the answer names no ARN");
      }
      return ARN;
    },

    async read(secretArn, refusedKey) {
      const cached = cache.get(secretArn);
      if (
        cached !== undefined &&
        cached.apiKey !== refusedKey &&
        clock.now().getTime() < cached.until
      ) {
        return cached.apiKey;
      }
      cache.delete(secretArn);
      const apiKey = await readSecret(client, secretArn);
      cache.set(secretArn, { apiKey, until: clock.now().getTime() + CACHE_MILLISECONDS });
      return apiKey;
    },

    async delete(secretArn) {
      cache.delete(secretArn);
      await awsCall("DeleteSecret", async () => {
        try {
          await client.send(
            new DeleteSecretCommand({ SecretId: secretArn, ForceDeleteWithoutRecovery: true }),
          );
        } catch (error) {
          if (!(error instanceof ResourceNotFoundException)) {
            throw error;
          }
        }
      });
    },
  };
}

/** Secrets Manager's errors that say that there is no key to be had; the others pass. */
const lastingErrors: ReadonlySet<string> = new Set([
  "ResourceNotFoundException",
  "InvalidRequestException",
  "InvalidParameterException",
  "DecryptionFailure",
  "AccessDeniedException",
]);

/** Whatever lasting reason keeps the key from being read, the problem is the same: an operator must look. */
async function readSecret(client: SecretsManagerClient, secretArn: string): Promise<string> {
  const secret = await awsCall("GetSecretValue", async () => {
    try {
      return await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    } catch (error) {
      if (error instanceof Error && lastingErrors.has(error.name)) {
        return undefined;
      }
      throw error;
    }
  });
  try {
    const value: unknown = JSON.parse(secret?.SecretString ?? "");
    return secretValueSchema.parse(value).apiKey;
  } catch {
    // The error is dropped on purpose: a JSON error quotes the text that it could not read.
    throw new DomainError("secretUnreadable");
  }
}
