import type { SnapshotReference } from "../../../domain/exports/export";
import { problem, type Problem } from "../../../domain/problems/problem";
import type { Preparation } from "../../../ports";
import { askRemovalGuard } from "./ask-removal-guard";
import { hindranceOf, type Hindrance } from "./preparation-hindrance";
import { readList } from "./read-list";
import type { PlanRemovalDependencies, PreparedRun } from "./prepared-run";

export interface PlannedRemoval {
  readonly kind: "removal";
  /** Profiles that are to be taken off the list. */
  readonly leaving: number;
  /** What holds the removal back, and with it the run. */
  readonly held?: Problem | undefined;
  /** Some whom the export may have put on the list are not known; until all who leave by a reconciliation have left. */
  readonly incomplete: boolean;
  /** That some who left are not known, or that people leave whoever put them there. */
  readonly warnings: readonly Problem[];
}

/**
 * Whether not everybody is known whom the export put on the list: the file is lost or damaged now, or one before
 * it was.
 */
export function isIncomplete(
  preparation: Pick<Preparation, "snapshot">,
  snapshot: SnapshotReference | undefined,
): boolean {
  return preparation.snapshot === "unreadable" || snapshot?.incomplete === true;
}

/**
 * Finds out who is to be taken off the list, and whether that may be. In sync mode `upsert` nobody is.
 *
 * Nobody is taken off whom the export is not known to have put there: where the snapshot is lost or incomplete,
 * those leave whom it does name, all others stay, and the run warns. Only a run that an administrator told to
 * reconcile reads the list itself, and has everybody on it leave who is no member; when they have left, the snapshot
 * is whole again. The guard looks at the list as it is in Klaviyo, not at the snapshot, since what counts is the part
 * of the list that would go.
 */
export async function planRemoval(
  dependencies: PlanRemovalDependencies,
  prepared: PreparedRun,
  preparation: Preparation,
): Promise<PlannedRemoval | Hindrance> {
  const { run, snapshot, destination } = prepared;
  const { members } = preparation.numbers;
  const incomplete = isIncomplete(preparation, snapshot);
  if (run.settings.syncMode === "upsert") {
    return { kind: "removal", leaving: 0, incomplete, warnings: [] };
  }
  let { leaving } = preparation;
  if (members > destination.connection.profileLimit) {
    return { kind: "removal", leaving, incomplete, warnings: [] };
  }
  let removal: PlannedRemoval = {
    ...{ kind: "removal", leaving, incomplete },
    warnings: incomplete ? [problem("leaversUnknown")] : [],
  };
  if (run.reconcile) {
    const read = await readList(dependencies, prepared);
    if (read.kind !== "read") {
      return read;
    }
    leaving = await preparation.addListed({ keys: read.keys });
    removal = {
      ...{ kind: "removal", leaving, incomplete },
      warnings: leaving > 0 ? [problem("othersRemoved")] : [],
    };
  }
  if (leaving === 0 || run.allowMassRemoval) {
    return removal;
  }
  const { klaviyo } = destination;
  const { listId } = run.settings;
  const guard = await askRemovalGuard({ klaviyo, listId, preparation, leaving });
  if (guard.kind !== "done") {
    return hindranceOf(run, guard);
  }
  return guard.value === undefined ? removal : { ...removal, held: guard.value, warnings: [] };
}
