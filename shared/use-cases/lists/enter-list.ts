import type { Connection } from "../../domain/connections/connection";
import { areAtOdds, type ListKeeper, type ListKeepers } from "../../domain/exports/list-keepers";
import { DomainError, problem, type Problem } from "../../domain/problems/problem";
import { isTerminal, type Run } from "../../domain/runs/run";
import type { ConnectionStore, ExportStore, ListKeeperStore, RunStore } from "../../ports";

export interface EnterListDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get">;
  readonly runs: Pick<RunStore, "get">;
  readonly listKeepers: ListKeeperStore;
}

/** Somebody else's entry lets this one be tried again; so many at a time are never on one list. */
const MOST_TRIES = 50;

/**
 * Lets a run onto its list, before it sends or removes anything there; the problem `listMirrored` if that
 * would have a mirror share the list with another export.
 *
 * What is checked when an export is saved is read from an index, and two may be saved at the same moment, so
 * it can't be relied on for what must not happen: that a mirror takes off the list whom another export keeps
 * there. Every run therefore enters itself into one item of its list first. An entry counts until the export
 * is seen to have left the list and the run in the entry has ended, since a run goes on with the settings
 * that it began with; both are read consistently. So of two runs at odds the later to enter finds the
 * earlier, whatever either export was changed to meanwhile. Entering again has the effect of one.
 */
export async function enterList(
  dependencies: EnterListDependencies,
  { runId, exportId, settings: { listId, syncMode } }: Pick<Run, "runId" | "exportId" | "settings">,
  { account }: Pick<Connection, "account">,
): Promise<Problem | undefined> {
  const { listKeepers } = dependencies;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { keepers: stored, revision } = await listKeepers.get(account.id, listId);
    const place = { accountId: account.id, listId };
    const keepers: ListKeepers["keepers"] = { [exportId]: { syncMode, runId } };
    for (const [otherId, entry] of Object.entries(stored)) {
      const other =
        otherId === exportId
          ? undefined
          : await asItEntered(entry, otherId, () => asItIs(dependencies, otherId, entry, place));
      if (other === undefined) {
        continue;
      }
      if (areAtOdds({ syncMode }, other.keeper)) {
        const { displayName } = other;
        return problem("listMirrored", { listId, displayName, exportId: otherId });
      }
      keepers[otherId] = other.keeper;
    }
    if (await listKeepers.put(account.id, listId, keepers, revision)) {
      return undefined;
    }
  }
  throw new Error("the list's keepers change too fast");
}

/** What is found out about an entry; one whose export, run or connection can't be read stands as it entered. */
async function asItEntered<Found>(
  keeper: ListKeeper,
  exportId: string,
  find: () => Promise<Found>,
): Promise<Found | { keeper: ListKeeper; displayName: string }> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof DomainError && error.problem.code === "itemUnreadable") {
      return { keeper, displayName: exportId };
    }
    throw error;
  }
}

/** What an entry comes to now; nothing if its export keeps nobody on the list any more. */
async function asItIs(
  { connections, exports, runs }: EnterListDependencies,
  exportId: string,
  entry: ListKeeper,
  { accountId, listId }: { accountId: string; listId: string },
): Promise<{ keeper: ListKeeper; displayName: string } | undefined> {
  const run = await runs.get(entry.runId);
  if (run !== undefined && !isTerminal(run.status)) {
    return { keeper: entry, displayName: run.settings.displayName };
  }
  const found = await exports.get(exportId);
  if (found === undefined || found.detached !== undefined || found.listId !== listId) {
    return undefined;
  }
  const connection = await connections.get(found.connectionId);
  if (connection?.account.id !== accountId) {
    return undefined;
  }
  // One that is a mirror only since its last run has removed nobody as one, and has to enter again first.
  const mirrors = entry.syncMode === "mirror" && found.syncMode === "mirror";
  return {
    keeper: { ...entry, syncMode: mirrors ? "mirror" : "upsert" },
    displayName: found.displayName,
  };
}
