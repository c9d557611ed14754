import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { klaviyoAppSchema, type KlaviyoApp } from "../../domain/klaviyo/klaviyo-app";
import { DomainError } from "../../domain/problems/problem";
import type { Clock } from "../../ports";
import { awsCall } from "./aws-failure";

/** Secrets Manager is asked so often at most: an app's new secret is in use after this time. */
const CACHE_MILLISECONDS = 60_000;

/**
 * Reads the stage's app in Klaviyo from its secret, a JSON object (`klaviyoAppSchema`).
 *
 * @param secretName empty for a stage that has no app
 * @returns what reads it. Throws `signInAppRefused` when the secret holds no app.
 */
export function createKlaviyoAppReader(options: {
  readonly client: SecretsManagerClient;
  readonly secretName: string;
  readonly clock: Pick<Clock, "now">;
}): () => Promise<KlaviyoApp | undefined> {
  const { client, secretName, clock } = options;
  let read: { readonly app: KlaviyoApp; readonly until: number } | undefined;
  return async () => {
    if (secretName === "") {
      return undefined;
    }
    const now = clock.now().getTime();
    if (read === undefined || now >= read.until) {
      const { SecretString = "" } = await awsCall("GetSecretValue", () =>
        client.send(new GetSecretValueCommand({ SecretId: secretName })),
      );
      read = { app: appIn(SecretString), until: now + CACHE_MILLISECONDS };
    }
    return read.app;
  };
}

function appIn(text: string): KlaviyoApp {
  try {
    return klaviyoAppSchema.parse(JSON.parse(text));
  } catch {
    throw new DomainError("signInAppRefused");
  }
}
