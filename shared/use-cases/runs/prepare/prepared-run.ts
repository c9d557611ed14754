import type { SnapshotReference } from "../../../domain/exports/export";
import type { Run } from "../../../domain/runs/run";
import type { Clock, Log, RunFiles } from "../../../ports";
import type { Destination } from "../../klaviyo/klaviyo-access";

export interface PlanRemovalDependencies {
  readonly files: Pick<RunFiles, "writeListed" | "writeListing" | "readListing">;
  readonly clock: Pick<Clock, "now">;
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
