import type { KeyFinding } from "../../domain/connections/connection";
import type { Problem, ProblemCode } from "../../domain/problems/problem";
import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, SecretStore } from "../../ports";
import { readApiKey } from "./read-api-key";
import type { Destination } from "./run-destination";

interface NoteDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly clock: Pick<Clock, "now">;
}

/** Problems that say something of a connection's key, and not only of one run or request. */
const ofTheKey: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "keyRefused",
  "scopesMissing",
  "secretUnreadable",
  "ownSecretUnreadable",
  "secretScheduledForDeletion",
  "accountMismatch",
]);

export function isOfTheKey(problem: Problem): boolean {
  return ofTheKey.has(problem.code);
}

/** Writes on the connection that its key does not work, if that is what the problem says. */
export async function noteProblem(
  { connections, clock }: NoteDependencies,
  connectionId: string,
  problem: Problem,
  foundBy: KeyFinding["foundBy"],
): Promise<void> {
  if (isOfTheKey(problem)) {
    await connections.noteFinding(connectionId, {
      keyFinding: { foundAt: clock.now().toISOString(), foundBy, problem },
    });
  }
}

/** Writes on the connection that a run has reached the account with its key. */
export async function noteUsed(
  { connections, clock }: NoteDependencies,
  connectionId: string,
): Promise<void> {
  const now = clock.now().toISOString();
  await connections.noteFinding(connectionId, {
    keyFinding: { foundAt: now, foundBy: "run" },
    lastUsedAt: now,
  });
}

/**
 * Whether a key that Klaviyo refused has been replaced meanwhile: workers may hold a key for a minute, and
 * a key is replaced without stopping runs. From then on the new one is used.
 */
export async function isKeyReplaced(
  {
    connections,
    secrets,
  }: { connections: Pick<ConnectionStore, "get">; secrets: Pick<SecretStore, "read"> },
  { connection, apiKey }: Pick<Destination, "connection" | "apiKey">,
): Promise<boolean> {
  const now = await connections.get(connection.connectionId);
  if (now === undefined) {
    return false;
  }
  try {
    return (await readApiKey(secrets, now, { fresh: true })) !== apiKey;
  } catch (error) {
    if (error instanceof DomainError) {
      return false;
    }
    throw error;
  }
}
