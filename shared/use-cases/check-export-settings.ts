import type { Connection } from "../domain/connection";
import type { ExportSettings } from "../domain/export";
import type { Caller } from "../domain/identity";
import { DomainError } from "../domain/problem";
import type {
  Clock,
  ConnectionStore,
  Klaviyo,
  RateLimiter,
  SecretStore,
  SegmentSource,
} from "../ports";
import { mayUseConnection } from "./access";
import { pacedCall } from "./paced-call";
import { problemOfFailure } from "./run-destination";

export interface CheckExportSettingsDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "list">;
  readonly secrets: Pick<SecretStore, "read">;
  readonly segments: Pick<SegmentSource, "files">;
  readonly klaviyo: Pick<Klaviyo, "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
}

/** Longest wait for a slot of Klaviyo's rate limit; the API gateway gives up after 30 seconds. */
const PATIENCE_MILLISECONDS = 8_000;

/**
 * Checks what an export is set to, against what it was set to before, if it was: only what is new is asked
 * for, so that an export can be renamed while Klaviyo is away. Throws `noConnectionAvailable`,
 * `connectionNotFound`, `segmentMissing`, `listNotFound` and what keeps Klaviyo from answering.
 */
export async function checkExportSettings(
  dependencies: CheckExportSettingsDependencies,
  caller: Caller,
  settings: ExportSettings,
  before?: ExportSettings,
): Promise<void> {
  const connection = await findConnection(dependencies, caller, settings.connectionId);
  await checkSegments(dependencies, settings.segments, before?.segments ?? []);
  if (before?.connectionId !== settings.connectionId || before.listId !== settings.listId) {
    await checkList(dependencies, connection, settings.listId);
  }
}

async function findConnection(
  { connections }: Pick<CheckExportSettingsDependencies, "connections">,
  caller: Caller,
  connectionId: string,
): Promise<Connection> {
  const connection = await connections.get(connectionId);
  if (connection !== undefined && mayUseConnection(caller, connection)) {
    return connection;
  }
  if (!(await hasUsableConnection(connections, caller))) {
    throw new DomainError("noConnectionAvailable");
  }
  throw new DomainError("connectionNotFound", { connectionId }, "/connectionId");
}

async function hasUsableConnection(
  connections: Pick<ConnectionStore, "list">,
  caller: Caller,
): Promise<boolean> {
  let after: string | undefined;
  do {
    const page = await connections.list({ limit: 100, ...(after === undefined ? {} : { after }) });
    if (page.items.some((connection) => mayUseConnection(caller, connection))) {
      return true;
    }
    after = page.next;
  } while (after !== undefined);
  return false;
}

async function checkSegments(
  { segments }: Pick<CheckExportSettingsDependencies, "segments">,
  named: readonly string[],
  known: readonly string[],
): Promise<void> {
  for (const [position, segment] of named.entries()) {
    if (!known.includes(segment) && (await segments.files(segment)).length === 0) {
      throw new DomainError("segmentMissing", { segment }, `/segments/${position}`);
    }
  }
}

async function checkList(
  dependencies: CheckExportSettingsDependencies,
  { account, secretArn }: Connection,
  listId: string,
): Promise<void> {
  const { klaviyo, secrets, clock } = dependencies;
  const apiKey = await secrets.read(secretArn);
  const deadline = new Date(clock.now().getTime() + PATIENCE_MILLISECONDS);
  const result = await pacedCall(
    dependencies,
    { accountId: account.id, family: "getList" },
    deadline,
    () => klaviyo.getList(apiKey, listId),
  );
  if (result.ok) {
    return;
  }
  switch (result.failure.kind) {
    case "notFound":
      throw new DomainError("listNotFound", { listId }, "/listId");
    case "tooLate":
      throw new DomainError("klaviyoUnavailable", { reason: "its rate limit is used up" });
    case "throttled":
    case "unavailable":
    case "keyRefused":
    case "scopesMissing":
    case "invalid": {
      const { code, params } = problemOfFailure(result.failure);
      throw new DomainError(code, params);
    }
  }
}
