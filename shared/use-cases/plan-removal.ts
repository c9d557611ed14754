import type { SnapshotReference } from "../domain/export";
import { problem, type Problem } from "../domain/problem";
import type { Run } from "../domain/run";
import type {
  Clock,
  ConnectionStore,
  Klaviyo,
  Log,
  Preparation,
  RateLimiter,
  RunFiles,
  SecretStore,
} from "../ports";
import { askRemovalGuard } from "./ask-removal-guard";
import { pacedCall } from "./paced-call";
import { hindranceOf, PATIENCE_MILLISECONDS, type Hindrance } from "./preparation-hindrance";
import { readList } from "./read-list";
import type { Destination } from "./run-destination";

export interface PlanRemovalDependencies {
  readonly klaviyo: Pick<Klaviyo, "getListSize" | "listProfiles">;
  readonly files: Pick<RunFiles, "writeListed" | "writeListing" | "readListing">;
  readonly connections: Pick<ConnectionStore, "get">;
  readonly secrets: Pick<SecretStore, "read">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly log: Log;
}

/** The run that is being prepared. */
export interface PreparedRun {
  readonly run: Run;
  readonly attemptId: string;
  readonly destination: Destination;
  /** The export's snapshot of the same account and list. */
  readonly snapshot: SnapshotReference | undefined;
  /** When the invocation ends. */
  readonly deadline: Date;
}

export interface PlannedRemoval {
  readonly kind: "removal";
  /** Profiles that are to be taken off the list. */
  readonly leaving: number;
  /** What holds the removal back, and with it the run. */
  readonly held?: Problem;
  /** Some who may be on the list because of the export are not known. */
  readonly incomplete: boolean;
  /** That people are removed whom the export never put on the list. */
  readonly warnings: readonly Problem[];
}

/**
 * Finds out who is to be taken off the list, and whether that may be. In sync mode `upsert` nobody is.
 *
 * Where the snapshot is lost, nobody would be known to have left, and whoever has would stay on the list for
 * ever; so the list itself is read then, and everybody on it who is no member is leaving, also people whom
 * others put there, of which the run warns. The guard looks at the list as it is in Klaviyo, not at the snapshot, since what counts
 * is the part of the list that would go.
 */
export async function planRemoval(
  dependencies: PlanRemovalDependencies,
  prepared: PreparedRun,
  preparation: Preparation,
): Promise<PlannedRemoval | Hindrance> {
  const { run, snapshot, destination } = prepared;
  const { members } = preparation.numbers;
  const lost = preparation.snapshot === "unreadable" || snapshot?.incomplete === true;
  if (run.settings.syncMode === "upsert") {
    return { kind: "removal", leaving: 0, incomplete: lost, warnings: [] };
  }
  let { leaving } = preparation;
  if (members > destination.connection.profileLimit) {
    return { kind: "removal", leaving, incomplete: lost, warnings: [] };
  }
  if (lost) {
    const read = await readList(dependencies, prepared);
    if (read.kind !== "read") {
      return read;
    }
    leaving = await preparation.addListed(read.keys);
  }
  const removal = {
    kind: "removal",
    leaving,
    incomplete: false,
    warnings: lost && leaving > 0 ? [problem("othersRemoved")] : [],
  } as const;
  if (leaving === 0 || run.allowMassRemoval) {
    return removal;
  }
  const { klaviyo, clock } = dependencies;
  const { apiKey, connection } = destination;
  const guard = await askRemovalGuard({
    klaviyo,
    apiKey,
    listId: run.settings.listId,
    preparation,
    leaving,
    paced: (family, call, continues) =>
      pacedCall(
        dependencies,
        {
          ...{ accountId: connection.account.id, family, party: run.runId },
          ...(continues ? { continues } : {}),
        },
        new Date(clock.now().getTime() + PATIENCE_MILLISECONDS),
        call,
      ),
  });
  if (!guard.ok) {
    return hindranceOf(dependencies, run, destination, guard.failure);
  }
  return guard.value === undefined ? removal : { ...removal, held: guard.value, warnings: [] };
}
