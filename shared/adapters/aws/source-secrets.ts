import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SourceSecrets } from "../../ports";
import { createSecret, deleteSecret, readSecretText } from "./secrets-manager";

/** Keeps each source's token or key as its own secret `<prefix>/<source id>`, whose value it is. */
export function createSourceSecrets(
  client: SecretsManagerClient,
  namePrefix: string,
): SourceSecrets {
  return {
    create: (sourceId, value) =>
      createSecret(client, {
        ...{ name: `${namePrefix}/${sourceId}`, value },
        description: "What lets this system read a source of segments",
        tags: { sourceId },
      }),
    read: (secretArn) => readSecretText(client, secretArn, true),
    delete: (secretArn) => deleteSecret(client, secretArn),
  };
}
