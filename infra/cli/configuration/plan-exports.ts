import { SUBSCRIPTION_WORDING } from "../../../shared/domain/exports/subscription";
import type { ExportSchedule } from "../../../shared/domain/schedules/schedule";
import type { ConnectionAnswer, ExportAnswer } from "../api/answers";
import type { Api } from "../api/api";
import {
  findList,
  findSegments,
  listCalled,
  requireList,
  type ListChoice,
} from "../api/find-by-name";
import { noteOpen } from "../guided/settle-questions";
import { idToCheck, withList } from "../guided/choose-list";
import type { Terminal } from "../terminal/terminal";
import { Failure } from "../failure";
import { checkedSettings } from "./check-settings";
import { differences } from "./differences";
import type { ExportEntry, ListEntry } from "./file-schema";
import type { Step } from "./plan";
import { exportEntry, theOneCalled } from "./present-state";

export interface ExportPlanning {
  readonly terminal: Pick<Terminal, "note" | "noteColumns">;
  readonly api: Api;
  readonly present: readonly ExportAnswer[];
  /** The connection of that name, which may have been made by an earlier step; undefined when there is none. */
  readonly connectionCalled: (name: string) => ConnectionAnswer | undefined;
  /** Whether the file has a connection of that name made. */
  readonly willBeMade: (name: string) => boolean;
}

/** What it takes to make an export be as its entry says. */
export async function planExport(planning: ExportPlanning, entry: ExportEntry): Promise<Step> {
  const present = exportOf(planning.present, entry);
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
        const made = await saved(planning, entry, entry.connection, (settings) =>
          planning.api.createExport({ body: settings }),
        );
        if (entry.schedule.mode !== made.schedule.mode || entry.schedule.mode !== "system") {
          await reschedule(planning.api, made, entry.schedule);
        }
      },
    };
  }
  const before = withoutAgreement(exportEntry(present));
  const found = differences(
    entry.id === undefined ? withoutName(before) : withoutId(before),
    entry.id === undefined ? withoutName(wished) : withoutId(wished),
  );
  const paths = found.map(({ path }) => path);
  if (entry.connection === null) {
    requireDetachable(entry, present, paths);
  }
  return {
    kind: found.length === 0 ? "unchanged" : "change",
    what: "export",
    name: entry.displayName,
    differences: found,
    carryOut: () => change(planning, { entry, present, paths }),
  };
}

/**
 * The API changes no settings of an export without a connection. So what can't be done is refused while it is
 * planned, before a run that is going is canceled by detaching its export. Throws `Failure`.
 */
function requireDetachable(
  entry: ExportEntry,
  present: ExportAnswer,
  paths: readonly string[],
): void {
  if ("name" in entry.list) {
    throw invalid(
      entry,
      `is to be detached, and without a connection its list can't be looked up by name: give the list's id, which is now {id: ${present.listId}}`,
    );
  }
  const settings = paths.filter(isSetting);
  if (settings.length > 0) {
    throw invalid(
      entry,
      `is to be detached (connection: null), and then only its schedule can be changed, not ${settings.join(", ")}. Change those first, with a connection, or leave them as they are`,
    );
  }
}

/** Whether what differs is a setting of the export: neither its connection nor its schedule. */
function isSetting(path: string): boolean {
  return path !== "connection" && path.split(".")[0] !== "schedule";
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
  if (entry.connection !== null && (paths.some(isSetting) || paths.includes("connection"))) {
    // Saving with a connection attaches an export that was detached.
    const before = latest;
    latest = await saved(planning, entry, entry.connection, (settings) =>
      api.updateExport({
        path: { exportId: before.exportId },
        ifMatch: before.version,
        body: settings,
      }),
    );
  }
  if (entry.connection === null && present.connectionId !== null) {
    latest = await api.detachExport({ path: { exportId: present.exportId } });
  }
  if (paths.some((path) => path.startsWith("schedule"))) {
    await reschedule(api, latest, entry.schedule);
  }
}

async function reschedule(
  api: Api,
  { exportId, version }: Pick<ExportAnswer, "exportId" | "version">,
  schedule: ExportSchedule,
): Promise<void> {
  await api.scheduleExport({ path: { exportId }, ifMatch: version, body: schedule });
}

/** Saves the settings as the API takes them, once the connection is there; a new list is made last of all. */
async function saved(
  { api, ...planning }: ExportPlanning,
  entry: ExportEntry,
  connectionName: string | null,
  save: (settings: ReturnType<typeof checkedSettings>) => Promise<ExportAnswer>,
): Promise<ExportAnswer> {
  const { connection: _name, list, schedule: _apart, id: _id, ...others } = entry;
  const connection = requiredConnection({ api, ...planning }, entry, connectionName ?? "");
  const { connectionId } = connection;
  const choice: ListChoice =
    "id" in list
      ? { kind: "there", id: list.id }
      : await listCalled(api, connection, list.name, list.create === true);
  const settings = { ...others, connectionId };
  checkedSettings({ ...settings, listId: idToCheck(choice) });
  if (choice.kind === "new") {
    // A list can't be taken back, so what the API would refuse is found before it is made.
    settings.segments = await findSegments(api, entry.segments);
  }
  const answer = await withList(planning.terminal, api, connectionId, choice, (listId) =>
    save(checkedSettings({ ...settings, listId })),
  );
  noteOpen(planning.terminal, answer);
  return answer;
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
  const present = requiredConnection(planning, entry, connection);
  const found =
    list.create === true
      ? await findList(planning.api, present.connectionId, list.name)
      : await requireList(planning.api, present, list.name);
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

/** The export that an entry is about: that of its id, else the one that is called so. */
function exportOf(present: readonly ExportAnswer[], entry: ExportEntry): ExportAnswer | undefined {
  if (entry.id === undefined) {
    return theOneCalled(present, entry.displayName, "export");
  }
  const found = present.find(({ exportId }) => exportId === entry.id);
  if (found === undefined) {
    throw invalid(entry, `has the id ${entry.id}, and there is no export of that id`);
  }
  return found;
}

function withoutName({
  displayName: _name,
  id: _id,
  ...others
}: ExportEntry): Record<string, unknown> {
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

function withoutId({ id: _id, ...others }: ExportEntry): Record<string, unknown> {
  return others;
}

function invalid({ displayName }: ExportEntry, what: string): Failure {
  return new Failure({
    code: "exportInvalid",
    message: `The export “${displayName}” ${what}. Correct the file.`,
    exit: "invalid",
  });
}
