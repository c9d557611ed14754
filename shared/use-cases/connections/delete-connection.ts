import type { Connection } from "../../domain/connections/connection";
import type { Export } from "../../domain/exports/export";
import type { Caller } from "../../domain/access/identity";
import { DomainError, problem } from "../../domain/problems/problem";
import { isTerminal, type Run } from "../../domain/runs/run";
import type {
  Page,
  ConnectionStore,
  ExportStore,
  KlaviyoSignIn,
  Log,
  RateLimiter,
  RunData,
  RunStore,
  SecretStore,
} from "../../ports";
import { quotasOf } from "../../domain/klaviyo/credential";
import { requireAccess } from "../access/access";
import { endSignIn } from "../klaviyo/sign-in";
import { everyPage } from "../../domain/paging/every-page";

export interface DeleteConnectionDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "list" | "delete">;
  readonly exports: Pick<ExportStore, "get" | "list" | "listByConnection" | "forgetSnapshot">;
  readonly runs: Pick<RunStore, "get" | "listOpen" | "listByConnection" | "stop">;
  readonly secrets: Pick<SecretStore, "read" | "delete">;
  readonly signIn: Pick<KlaviyoSignIn, "revoke">;
  readonly limiter: Pick<RateLimiter, "forget">;
  readonly data: RunData;
  readonly log: Log;
}

/** Exports that the refusal names; of more, the number is told. */
const EXPORTS_NAMED = 20;

/** Runs whose files are deleted at a time. */
const CONCURRENT_RUNS = 20;

/**
 * Removes a connection for good: its key, or its sign-in in Klaviyo too, and whatever was kept of its runs but their records. Runs that
 * are still going over it, such as those of detached exports, are stopped. Returns what was removed.
 *
 * Throws `notPermitted`, `connectionNotFound`, and `connectionInUse` with the names and ids of the exports that use
 * it. A removal that broke off is finished by repeating it. An export that is made on the connection at the
 * very same time is not seen; it stays, and its runs are skipped for want of a connection.
 */
export async function deleteConnection(
  dependencies: DeleteConnectionDependencies,
  { caller, connectionId }: { caller: Caller; connectionId: string },
): Promise<Connection> {
  const { connections, exports, secrets, log } = dependencies;
  requireAccess(caller, "deleteConnection");
  const connection = await connections.get(connectionId);
  if (connection === undefined) {
    // The removal may have broken off after the connection itself was gone.
    await deleteRunData(dependencies, connectionId);
    throw new DomainError("connectionNotFound", { connectionId });
  }
  refuseWhileInUse(await exports.listByConnection(connectionId));
  // The key first: from here on nothing can be sent. What is left if this breaks off can still be found.
  const { keySource, secretArn, abandonedSecretArn } = connection;
  const ours = keySource === "ownSecret" ? abandonedSecretArn : secretArn;
  if (ours !== undefined) {
    await endKept(dependencies, connectionId, ours);
    await secrets.delete(ours);
  }
  await stopRuns(dependencies, connectionId);
  await forgetAccount(dependencies, connection);
  await connections.delete(connectionId);
  await deleteRunData(dependencies, connectionId);
  log.info("connectionDeleted", { connectionId });
  return connection;
}

/** An export that can't be read uses the connection like any other. */
function refuseWhileInUse({ items, unreadable = [] }: Page<Export>): void {
  const users = [
    ...items.map(({ exportId, displayName }) => ({
      exportId,
      text: `“${displayName}” (${exportId})`,
    })),
    ...unreadable.map((exportId) => ({ exportId, text: exportId })),
  ];
  if (users.length > 0) {
    const first = users.slice(0, EXPORTS_NAMED);
    const listed = (texts: readonly string[]): string =>
      texts.join(", ") + (users.length > first.length ? ", …" : "");
    throw new DomainError("connectionInUse", {
      count: users.length,
      exports: listed(first.map(({ exportId }) => exportId)),
      named: listed(first.map(({ text }) => text)),
    });
  }
}

/** A sign-in ends in Klaviyo too, before its tokens are forgotten here. What can't be read can't be ended. */
async function endKept(
  dependencies: DeleteConnectionDependencies,
  connectionId: string,
  secretArn: string,
): Promise<void> {
  try {
    const kept = await dependencies.secrets.read(secretArn, { fresh: true });
    await endSignIn(dependencies, kept, connectionId);
  } catch (error) {
    if (!(error instanceof DomainError)) {
      throw error;
    }
  }
}

async function stopRuns(
  { runs }: DeleteConnectionDependencies,
  connectionId: string,
): Promise<void> {
  for await (const run of everyPage((page) => runs.listOpen(page))) {
    if (run.settings.connectionId === connectionId) {
      await runs.stop(run.runId, problem("connectionRemoved"));
    }
  }
}

/** The account's rate limits are shared with other connections to it. */
async function forgetAccount(
  { connections, limiter }: DeleteConnectionDependencies,
  { connectionId, account }: Connection,
): Promise<void> {
  for await (const other of everyPage((page) => connections.list(page))) {
    if (other.connectionId !== connectionId && other.account.id === account.id) {
      return;
    }
  }
  await Promise.all(quotasOf(account.id).map((quota) => limiter.forget(quota)));
}

/**
 * Deletes what the runs left in the work bucket, and what is remembered of it. Snapshots are found through the
 * exports, since they may outlive the records of their runs.
 */
async function deleteRunData(
  { exports, runs, data }: DeleteConnectionDependencies,
  connectionId: string,
): Promise<void> {
  const runsByExport = new Map<string, Set<string>>();
  let batch: Promise<void>[] = [];
  const deleteEnded = async ({ runId, exportId }: Pick<Run, "runId" | "exportId">) => {
    const run = await runs.get(runId);
    // A run that is going still needs its files, and deletes them when it ends.
    if (run === undefined || isTerminal(run.status)) {
      await data.delete({ runId, exportId });
    }
  };
  for await (const run of everyPage((page) => runs.listByConnection(connectionId, page))) {
    const known = runsByExport.get(run.exportId) ?? new Set();
    runsByExport.set(run.exportId, known.add(run.runId));
    batch.push(deleteEnded(run));
    if (batch.length === CONCURRENT_RUNS) {
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
  for await (const { exportId, snapshot } of everyPage((page) => exports.list(page))) {
    const isOver =
      snapshot !== undefined &&
      (snapshot.connectionId === connectionId ||
        runsByExport.get(exportId)?.has(snapshot.runId) === true);
    if (isOver) {
      await exports.forgetSnapshot(exportId, snapshot.runId);
      await data.deleteSnapshots(await data.listSnapshots(exportId));
    }
  }
}
