import { DomainError } from "../../domain/problems/problem";
import type { Clock, ConnectionStore, IdGenerator } from "../../ports";

export interface HoldingDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "holdSecret" | "releaseSecret">;
  readonly ids: IdGenerator;
  readonly clock: Clock;
}

/**
 * How long a worker has a connection's secret for itself: longer than a call to Klaviyo of 30 seconds and all tries to
 * keep what it brought, with clocks that are 20 seconds apart. After one that broke off, others wait as long.
 */
const LEASE_MILLISECONDS = 120_000;

/** Longest wait of a person for a worker that renews a sign-in at this very moment. */
export const SECRET_PATIENCE_MILLISECONDS = 8_000;

/** How often whoever waits for another worker looks again. */
export const LOOK_MILLISECONDS = 300;

/** A lease from now on. */
export function secretLease(clock: Pick<Clock, "now">): { now: Date; until: Date } {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_MILLISECONDS) };
}

/**
 * Does what changes a connection's secret for a person, while nobody else changes it. Throws `connectionNotFound`,
 * and `connectionChanged` when somebody else has it for too long; nothing is done then.
 */
export async function holdingSecret<Value>(
  { connections, ids, clock }: HoldingDependencies,
  connectionId: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const holder = ids.next();
  const deadline = clock.now().getTime() + SECRET_PATIENCE_MILLISECONDS;
  while (!(await connections.holdSecret(connectionId, holder, secretLease(clock)))) {
    if ((await connections.get(connectionId)) === undefined) {
      throw new DomainError("connectionNotFound", { connectionId });
    }
    if (clock.now().getTime() + LOOK_MILLISECONDS > deadline) {
      throw new DomainError("connectionChanged");
    }
    await clock.sleep(LOOK_MILLISECONDS);
  }
  try {
    return await work();
  } finally {
    await connections.releaseSecret(connectionId, holder);
  }
}
