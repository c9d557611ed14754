import type { Caller } from "../../domain/access/identity";
import type { Connection } from "../../domain/connections/connection";
import {
  callPaceOf,
  nextTurnOf,
  slotsByRun,
  type CallPace,
} from "../../domain/klaviyo/account-pace";
import { quotaOf } from "../../domain/klaviyo/credential";
import { endpointFamilies, type RateLimitState } from "../../domain/klaviyo/rate-limit";
import { presentWaiting } from "../../domain/runs/lifecycle/waiting";
import { profilesOf } from "../../domain/runs/progress/run-progress";
import { everyPage } from "../../domain/paging/every-page";
import { DomainError } from "../../domain/problems/problem";
import type { Run } from "../../domain/runs/run";
import type { Clock, ConnectionStore, RateLimiter, RunStore } from "../../ports";
import { mayOn, requireAccess } from "../access/access";

export interface ViewPaceDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly runs: Pick<RunStore, "listOpen">;
  readonly limiter: Pick<RateLimiter, "look">;
  readonly clock: Pick<Clock, "now">;
}

/** A run that is going over the account. */
export interface PacedRun {
  readonly run: Run;
  /** Calls that hand chunks to Klaviyo, of the last minute. */
  readonly calls: number;
  /** When it may hand over its next chunk, if it has one and that is not at once. */
  readonly nextCallAt?: Date | undefined;
  /** What keeps it from getting on, beside its turn. */
  readonly waiting?: ReturnType<typeof presentWaiting>;
}

export interface AccountPace {
  readonly connection: Connection;
  readonly at: Date;
  readonly calls: readonly CallPace[];
  readonly runs: readonly PacedRun[];
  /** Runs over the account whose connections the caller may not see. */
  readonly otherRuns: number;
}

/** Runs that are looked through at most; far more than a stage has at one time. */
const MOST_OPEN_RUNS = 1_000;

/**
 * How much of Klaviyo's limits the account behind a connection uses now, and who uses it. Throws `notPermitted`, and
 * `connectionNotFound` also for what is not shared with the caller.
 */
export async function viewPace(
  dependencies: ViewPaceDependencies,
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<AccountPace> {
  requireAccess(caller, "viewPace");
  const { connections, limiter, clock } = dependencies;
  const connection = await connections.get(connectionId);
  if (connection === undefined || !mayOn(caller, "viewPace", connection)) {
    throw new DomainError("connectionNotFound", { connectionId });
  }
  const quota = quotaOfConnection(connection);
  const states = await Promise.all(
    endpointFamilies.map(async (family) => ({ family, state: await limiter.look(quota, family) })),
  );
  const { seen, others } = await runsOver(dependencies, caller, connection);
  const at = clock.now();
  const pushing = states.find(({ family }) => family === "createImportJob")?.state;
  return {
    ...{ connection, at },
    calls: states.map(({ family, state }) => callPaceOf(family, state, at)),
    runs: seen.map((run) => pacedRun(run, pushing, at)),
    otherRuns: others,
  };
}

function pacedRun(run: Run, pushing: RateLimitState | undefined, at: Date): PacedRun {
  const profiles = profilesOf(run);
  const hasMore = profiles !== undefined && profiles.sent < profiles.toSend;
  return {
    run,
    calls: pushing === undefined ? 0 : (slotsByRun(pushing, at).get(run.runId) ?? 0),
    nextCallAt: pushing === undefined || !hasMore ? undefined : nextTurnOf(pushing, run.runId, at),
    waiting: presentWaiting(run, at),
  };
}

/** The runs that are going over the connection's account, whatever connection they take. */
async function runsOver(
  { runs, connections }: ViewPaceDependencies,
  caller: Caller,
  connection: Connection,
): Promise<{ seen: Run[]; others: number }> {
  const known = new Map<string, Connection | undefined>([[connection.connectionId, connection]]);
  const seen: Run[] = [];
  let others = 0;
  let looked = 0;
  for await (const run of everyPage((page) => runs.listOpen(page))) {
    const { connectionId } = run.settings;
    if (!known.has(connectionId)) {
      known.set(connectionId, await connections.get(connectionId));
    }
    const over = known.get(connectionId);
    if (over !== undefined && quotaOfConnection(over) === quotaOfConnection(connection)) {
      if (mayOn(caller, "viewPace", over)) {
        seen.push(run);
      } else {
        others += 1;
      }
    }
    looked += 1;
    if (looked >= MOST_OPEN_RUNS) {
      break;
    }
  }
  return { seen, others };
}

/** Klaviyo counts what the stage's app calls apart from what is called with keys. */
function quotaOfConnection({ account, keySource }: Connection): string {
  switch (keySource) {
    case "signIn":
      return quotaOf(account.id, { kind: "accessToken" });
    case "typed":
    case "ownSecret":
      return quotaOf(account.id, { kind: "apiKey" });
  }
}
