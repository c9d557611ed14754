import type { SnapshotReference } from "../../../domain/exports/export";
import type { Run } from "../../../domain/runs/run";
import type {
  Clock,
  ConnectionStore,
  Klaviyo,
  Log,
  RateLimiter,
  RunFiles,
  SecretStore,
} from "../../../ports";
import type { Destination } from "../../klaviyo/run-destination";

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
