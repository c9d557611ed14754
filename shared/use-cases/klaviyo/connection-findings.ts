import type { KeyFinding } from "../../domain/connections/connection";
import type { Problem, ProblemCode } from "../../domain/problems/problem";
import type { Clock, ConnectionStore } from "../../ports";

interface NoteDependencies {
  readonly connections: Pick<ConnectionStore, "noteFinding">;
  readonly clock: Pick<Clock, "now">;
}

/** Problems that say something of a connection's key, and not only of one run or request. */
const ofTheKey: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  "keyRefused",
  "scopesMissing",
  "signInEnded",
  "signInScopesMissing",
  "signInUnavailable",
  "signInAppRefused",
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
