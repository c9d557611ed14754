import { DomainError } from "../../../../shared/domain/problems/problem";
import type { SecretStore } from "../../../../shared/ports";

export function fakeSecretStore(
  given: Record<string, string> = {},
): SecretStore & { readonly stored: Map<string, string> } {
  const stored = new Map(Object.entries(given));
  return {
    stored,
    async create(connectionId, apiKey) {
      const secretArn = `arn:aws:secretsmanager:eu-central-1:000000000000:secret:test/${connectionId}`;
      stored.set(secretArn, apiKey);
      return secretArn;
    },
    async replace(secretArn, connectionId, apiKey) {
      if (!stored.has(secretArn)) {
        return this.create(connectionId, apiKey);
      }
      stored.set(secretArn, apiKey);
      return secretArn;
    },
    isOwn: (secretArn) => secretArn.includes(":secret:test/"),
    async read(secretArn) {
      const apiKey = stored.get(secretArn);
      if (apiKey === undefined) {
        throw new DomainError("secretUnreadable");
      }
      return apiKey;
    },
    async delete(secretArn) {
      stored.delete(secretArn);
    },
  };
}
