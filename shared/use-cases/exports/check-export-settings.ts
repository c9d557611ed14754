import { everyPage } from "../../domain/paging/every-page";
import type { Connection } from "../../domain/connections/connection";
import type { Export, ExportSettings } from "../../domain/exports/export";
import { consentTimeField } from "../../domain/profiles/consent-time";
import type { Caller } from "../../domain/access/identity";
import { DomainError } from "../../domain/problems/problem";
import { SUBSCRIPTION_SCOPE } from "../../domain/exports/subscription";
import type { ConnectionStore, ExportStore, SegmentSource } from "../../ports";
import { mayUseConnection } from "../access/access";
import { askKlaviyo, type AskKlaviyoDependencies } from "../klaviyo/ask-klaviyo";
import { findSharing } from "../lists/shared-list";

export interface CheckExportSettingsDependencies extends AskKlaviyoDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "list" | "noteFinding">;
  readonly exports: Pick<ExportStore, "listByConnection">;
  readonly segments: Pick<SegmentSource, "exists">;
}

/**
 * Checks what an export is set to, against what it was set to before, if it was: only what is new is asked
 * for, so that an export can be renamed while Klaviyo is away. Throws `noConnectionAvailable`,
 * `connectionNotFound`, `segmentMissing`, `listNotFound`, `listMirrored`, `scopesMissing` (of a key that may
 * not subscribe) and what keeps Klaviyo from answering. Returns what the list is called.
 */
export async function checkExportSettings(
  dependencies: CheckExportSettingsDependencies,
  caller: Caller,
  settings: ExportSettings,
  before?: ExportSettings & Pick<Export, "exportId" | "listName">,
): Promise<Pick<Export, "listName">> {
  const connection = await findConnection(dependencies, caller, settings.connectionId);
  await checkSegments(dependencies, settings.segments, before?.segments ?? []);
  const listName =
    before?.connectionId === settings.connectionId && before.listId === settings.listId
      ? before.listName
      : await checkList(dependencies, connection, settings.listId);
  requireConsentTime(settings);
  const checked =
    before?.connectionId === settings.connectionId && before.subscription !== undefined;
  if (settings.subscription !== undefined && !checked) {
    await checkSubscriptionScope(dependencies, connection);
  }
  const place = before === undefined ? {} : { exportId: before.exportId };
  const sharing = await findSharing(dependencies, connection, { ...settings, ...place });
  if (sharing !== undefined) {
    throw DomainError.of(sharing, "/listId");
  }
  return listName === undefined ? {} : { listName };
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
  for await (const connection of everyPage((page) => connections.list(page))) {
    if (mayUseConnection(caller, connection)) {
      return true;
    }
  }
  return false;
}

async function checkSegments(
  { segments }: Pick<CheckExportSettingsDependencies, "segments">,
  named: readonly string[],
  known: readonly string[],
): Promise<void> {
  for (const [position, segment] of named.entries()) {
    if (!known.includes(segment) && !(await segments.exists(segment))) {
      throw new DomainError("segmentMissing", { segment }, `/segments/${position}`);
    }
  }
}

async function checkList(
  dependencies: CheckExportSettingsDependencies,
  connection: Connection,
  listId: string,
): Promise<string> {
  const answer = await askKlaviyo(dependencies, connection, (klaviyo) => klaviyo.getList(listId));
  if (answer.kind === "refused") {
    throw answer.as === "notFound"
      ? new DomainError("listNotFound", { listId }, "/listId")
      : DomainError.of(answer.problem);
  }
  return answer.value.name;
}

/** The connection works without this scope, so that it lacks it is not written on it. */
async function checkSubscriptionScope(
  dependencies: CheckExportSettingsDependencies,
  connection: Connection,
): Promise<void> {
  const answer = await askKlaviyo(dependencies, connection, (klaviyo) => klaviyo.maySubscribe());
  if (answer.kind === "refused") {
    throw DomainError.of(answer.problem);
  }
  if (!answer.value) {
    throw new DomainError("scopesMissing", { scopes: SUBSCRIPTION_SCOPE }, "/subscription");
  }
}

/** Only what is mapped is read. */
function requireConsentTime({ subscription, mapping }: ExportSettings): void {
  if (
    subscription?.historicalImport === true &&
    consentTimeField(subscription, mapping) === undefined
  ) {
    const reason = "consentedAtField must be mapped as a custom property too";
    throw new DomainError("invalidRequest", { reason }, "/subscription/consentedAtField");
  }
}
