import type { Export } from "../../../domain/exports/export";
import type { Run } from "../../../domain/runs/run";
import type { ConnectionStore, ExportStore } from "../../../ports";
import type { Destination } from "../../klaviyo/klaviyo-access";
import { keepListName } from "../../lists/keep-list-name";
import { enterList, type EnterListDependencies } from "../../lists/enter-list";
import { findSharing } from "../../lists/shared-list";
import { hindranceOf, type Hindrance } from "./preparation-hindrance";

export interface CheckListDependencies extends EnterListDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "list">;
  readonly exports: Pick<ExportStore, "get" | "listByConnection" | "noteListName">;
}

/**
 * What keeps the list from being sent to, if anything does.
 *
 * @param stored the export as it is now; undefined if it is gone
 */
export async function checkList(
  dependencies: CheckListDependencies,
  run: Run,
  destination: Destination,
  stored: Export | undefined,
): Promise<Hindrance | undefined> {
  const { connection, klaviyo } = destination;
  const { exportId, settings } = run;
  // A mirror steps back also for an export that has not run yet; whoever has run is asked for by all.
  const sharing =
    (settings.syncMode === "mirror"
      ? await findSharing(dependencies, connection, { ...settings, exportId })
      : undefined) ?? (await enterList(dependencies, run, connection));
  if (sharing !== undefined) {
    return { kind: "ended", problem: sharing };
  }
  const result = await klaviyo.getList(settings.listId);
  if (result.kind !== "done") {
    return hindranceOf(run, result);
  }
  if (stored !== undefined) {
    await keepListName(dependencies, stored, result.value);
  }
  return undefined;
}
