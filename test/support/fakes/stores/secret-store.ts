import { keyOf } from "../credentials";
import type { KeptCredential } from "../../../../shared/domain/klaviyo/credential";
import { DomainError } from "../../../../shared/domain/problems/problem";
import type { SecretStore } from "../../../../shared/ports";

export function fakeSecretStore(
  given: Record<string, string> = {},
): SecretStore & { readonly stored: Map<string, KeptCredential> } {
  const stored = new Map<string, KeptCredential>(
    Object.entries(given).map(([arn, apiKey]) => [arn, keyOf(apiKey)]),
  );
  return {
    stored,
    async create(connectionId, kept) {
      const secretArn = `arn:aws:secretsmanager:eu-central-1:000000000000:secret:test/${connectionId}`;
      stored.set(secretArn, kept);
      return secretArn;
    },
    async replace(secretArn, connectionId, kept) {
      if (!stored.has(secretArn)) {
        return this.create(connectionId, kept);
      }
      stored.set(secretArn, kept);
      return secretArn;
    },
    isOwn: (secretArn) => secretArn.includes(":secret:test/"),
    async read(secretArn) {
      const kept = stored.get(secretArn);
      if (kept === undefined) {
        throw new DomainError("secretUnreadable");
      }
      return kept;
    },
    async delete(secretArn) {
      stored.delete(secretArn);
    },
  };
}
