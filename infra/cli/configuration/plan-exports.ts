import { SUBSCRIPTION_WORDING } from "../../../shared/domain/subscription";
import type { ConnectionAnswer, ExportAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { findList, requireList } from "../api/find-by-name";
import { Failure } from "../failure";
import { checkedSettings } from "../guided/check-settings";
import { namedList } from "../guided/choose-list";
import { differences } from "./differences";
import type { ExportEntry, ListEntry } from "./file-schema";
import type { Step } from "./plan";
import { exportEntry, theOneCalled } from "./present-state";

export interface ExportPlanning {
  readonly api: Api;
  readonly present: readonly ExportAnswer[];
  /** The connection of that name, which may have been made by an earlier step; undefined when there is none. */
  readonly connectionCalled: (name: string) => ConnectionAnswer | undefined;
  /** Whether the file has a connection of that name made. */
  readonly willBeMade: (name: string) => boolean;
}

/** What it takes to make an export be as its entry says. */
export async function planExport(planning: ExportPlanning, entry: ExportEntry): Promise<Step> {
  const present = theOneCalled(planning.present, entry.displayName, "export");
  const list = await plannedList(planning, entry);
  const wished = { ...withoutAgreement(entry), list };
  requireAgreement(entry, present);
  if (present === undefined) {
    if (entry.connection === null) {
      throw invalid(entry, "does not exist yet, and an export can't be made without a connection");
    }
    return {
      kind: "create",
      what: "export",
      name: entry.displayName,
      differences: differences({}, withoutName(wished)),
      carryOut: async () => {
        const made = await planning.api.createExport(
          await settings(planning, entry, entry.connection),
        );
        if (entry.schedule.mode !== made.schedule.mode || entry.schedule.mode !== "system") {
          await planning.api.scheduleExport(made, entry.schedule);
        }
      },
    };
  }
  const before = withoutAgreement(exportEntry(present));
  const found = differences(withoutName(before), withoutName(wished));
  if (entry.connection === null && found.some(({ path }) => isSetting(path))) {
    throw invalid(entry, "is to be detached, so that only its schedule can be changed");
  }
  return {
    kind: found.length === 0 ? "unchanged" : "change",
    what: "export",
    name: entry.displayName,
    differences: found,
    carryOut: () => change(planning, { entry, present, paths: found.map(({ path }) => path) }),
  };
}

async function change(
  planning: ExportPlanning,
  {
    entry,
    present,
    paths,
  }: { entry: ExportEntry; present: ExportAnswer; paths: readonly string[] },
): Promise<void> {
  const { api } = planning;
  let latest: { readonly exportId: string; readonly version: number } = present;
  const settingsDiffer = paths.some(isSetting);
  if (entry.connection !== null && (settingsDiffer || paths.includes("connection"))) {
    // Saving with a connection attaches an export that was detached.
    latest = await api.updateExport(latest, await settings(planning, entry, entry.connection));
  }
  if (entry.connection === null && present.connectionId !== null) {
    latest = await api.detachExport(present.exportId);
  }
  if (paths.some((path) => path.startsWith("schedule"))) {
    await api.scheduleExport(latest, entry.schedule);
  }
}

/** Whether the value is one of those that are saved together; connection and schedule are changed apart. */
function isSetting(path: string): boolean {
  return path !== "connection" && !path.startsWith("schedule");
}

/** The settings as the API takes them, once the connection is there. */
async function settings(
  planning: ExportPlanning,
  entry: ExportEntry,
  connectionName: string | null,
): Promise<ReturnType<typeof checkedSettings>> {
  const { connection: _name, list, schedule: _apart, ...others } = entry;
  const { connectionId } = requiredConnection(planning, entry, connectionName ?? "");
  const listId =
    "id" in list
      ? list.id
      : (await namedList(planning.api, connectionId, list.name, list.create === true)).id;
  return checkedSettings({ ...others, connectionId, listId });
}

/** The list by its id where that can be known, so that it can be compared. */
async function plannedList(planning: ExportPlanning, entry: ExportEntry): Promise<ListEntry> {
  const { list, connection } = entry;
  if ("id" in list || connection === null) {
    return list;
  }
  if (planning.connectionCalled(connection) === undefined && planning.willBeMade(connection)) {
    return list;
  }
  const { connectionId } = requiredConnection(planning, entry, connection);
  const found =
    list.create === true
      ? await findList(planning.api, connectionId, list.name)
      : await requireList(planning.api, connectionId, list.name);
  return found === undefined ? list : { id: found.id };
}

function requiredConnection(
  { connectionCalled }: ExportPlanning,
  entry: ExportEntry,
  name: string,
): ConnectionAnswer {
  const connection = connectionCalled(name);
  if (connection === undefined) {
    throw invalid(entry, `names the connection “${name}”, which is neither there nor in the file`);
  }
  return connection;
}

function withoutName({ displayName: _name, ...others }: ExportEntry): Record<string, unknown> {
  return others;
}

/** Switching on subscribing takes an acknowledgement; without it nothing of the file is done. */
function requireAgreement(entry: ExportEntry, present: ExportAnswer | undefined): void {
  const { subscription } = entry;
  const isNew = subscription !== undefined && present?.subscription === undefined;
  if (isNew && subscription.agree !== true) {
    throw invalid(
      entry,
      `is to subscribe its members, which takes an acknowledgement: agree: true in its subscription says “${SUBSCRIPTION_WORDING.text}”`,
    );
  }
}

/** The acknowledgement is given once, and does not tell two entries apart. */
function withoutAgreement({ subscription, ...others }: ExportEntry): ExportEntry {
  if (subscription === undefined) {
    return others;
  }
  const { agree: _given, ...rest } = subscription;
  return { ...others, subscription: rest };
}

function invalid({ displayName }: ExportEntry, what: string): Failure {
  return new Failure({
    code: "exportInvalid",
    message: `The export “${displayName}” ${what}. Correct the file.`,
    exit: "invalid",
  });
}
