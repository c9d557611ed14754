import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { apiKeySchema } from "../../domain/connections/connection";
import { signInTokensSchema, type KeptCredential } from "../../domain/klaviyo/credential";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, SecretStore } from "../../ports";
import { createSecret, deleteSecret, readSecretText, replaceSecret } from "./secrets-manager";

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

  const create = (connectionId: string, kept: KeptCredential): Promise<string> =>
    createSecret(client, {
      name: `${namePrefix}/${connectionId}`,
      value: valueOf(kept),
      description: "What lets a connection into its Klaviyo account",
      tags: { connectionId },
    });

  return {
    create,

    async replace(secretArn, connectionId, kept) {
      cache.delete(secretArn);
      const replaced = await replaceSecret(client, secretArn, valueOf(kept));
      return replaced ? secretArn : create(connectionId, kept);
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
      await deleteSecret(client, secretArn);
    },
  };
}

/** Throws `secretUnreadable` or `secretScheduledForDeletion` when a person must look, and a failure that passes otherwise. */
async function readSecret(
  client: SecretsManagerClient,
  secretArn: string,
  isOwn: boolean,
): Promise<KeptCredential> {
  const text = await readSecretText(client, secretArn, isOwn);
  const value = (isOwn ? ownSchema : keySchema).safeParse(parseJson(text));
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
