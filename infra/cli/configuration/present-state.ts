import type { ConnectionAnswer, ExportAnswer, SystemScheduleAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/everything";
import { Failure } from "../failure";
import { connectionSettingsSchema } from "../../../shared/domain/connections/connection";
import { check } from "../../../shared/contract/faults";
import { settingsOf } from "./check-settings";
import {
  connectionEntrySchema,
  exportEntrySchema,
  type ConnectionEntry,
  type ExportEntry,
} from "./file-schema";
import { hint } from "../output/hints";
import { pathText } from "./positions";
import { acceptedMapping, acceptedName } from "./stored-names";

/** What there is, as the API shows it. */
export interface PresentState {
  /** Undefined for viewers, who are shown none; contributors are shown the names of those that they may use. */
  readonly connections: readonly ConnectionAnswer[] | undefined;
  readonly exports: readonly ExportAnswer[];
  readonly schedule: SystemScheduleAnswer;
}

/** A connection with its settings, as administrators are shown it. */
export type WholeConnection = ConnectionAnswer &
  Required<Pick<ConnectionAnswer, "sharing" | "profileLimit">>;

/** @param unreadable filled with the ids of what can't be read, which is left out */
export async function readPresentState(
  api: Api,
  unreadable: { connections: string[]; exports: string[] } = { connections: [], exports: [] },
): Promise<PresentState> {
  const [connections, exports, schedule] = await Promise.all([
    readConnections(api, unreadable.connections),
    everything(api.listExports, undefined, unreadable.exports),
    api.viewSchedule(),
  ]);
  return { connections, exports, schedule };
}

async function readConnections(
  api: Api,
  unreadable: string[],
): Promise<PresentState["connections"]> {
  try {
    return await everything(api.listConnections, undefined, unreadable);
  } catch (error) {
    if (error instanceof Failure && error.details.code === "notPermitted") {
      return undefined;
    }
    throw error;
  }
}

/** The connections by their names, for exports that use them. Throws `Failure` when they can't be seen. */
export function requireConnections({ connections }: PresentState): readonly ConnectionAnswer[] {
  if (connections === undefined) {
    throw notPermitted();
  }
  return connections;
}

/** The connections with their settings. Throws `Failure` when they can't be seen. */
export function requireWholeConnections(present: PresentState): readonly WholeConnection[] {
  const connections = requireConnections(present);
  if (!connections.every(isWhole)) {
    throw notPermitted();
  }
  return connections;
}

function isWhole(shown: ConnectionAnswer): shown is WholeConnection {
  return shown.sharing !== undefined && shown.profileLimit !== undefined;
}

function notPermitted(): Failure {
  return new Failure({
    code: "notPermitted",
    message: `Connections are an administrator's to see and to change. Use a file without connections: ${hint("get", "exports")}`,
    exit: "notSignedIn",
  });
}

/** An export as a file says it. Its list is named by id: names of lists can change in Klaviyo. */
export function exportEntry(shown: ExportAnswer): ExportEntry {
  const {
    connectionId: _byName,
    listId: _inList,
    displayName: _accepted,
    segments,
    mapping,
    ...others
  } = settingsOf(shown);
  const {
    schedule,
    displayName: name,
    connection,
    list,
    ...settings
  } = wholeEntry(shown.displayName, {
    displayName: acceptedName(shown.displayName),
    connection:
      shown.connectionId === null
        ? null
        : acceptedName(shown.connection?.displayName ?? shown.connectionId),
    list: { id: shown.listId },
    segments,
    mapping: acceptedMapping(mapping),
    ...others,
    schedule: shown.schedule,
  });
  // In the order in which a reader looks for them.
  return { displayName: name, connection, list, ...settings, schedule };
}

/** Throws `Failure` for what was saved before a rule was made that refuses it: apply would refuse it too. */
function wholeEntry(name: string, entry: object): ExportEntry {
  const checked = check(exportEntrySchema, entry);
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    throw new Failure({
      code: "settingInvalid",
      message: `Export “${name}” can't be written into a file: ${pathText(path)}: ${text}. Change that first with: ${hint("exports", "update", name)}`,
      exit: "invalid",
    });
  }
  return checked.value;
}

/** A connection as a file says it: the key is not there, since nobody can read it. */
export function connectionEntry(shown: WholeConnection): ConnectionEntry {
  const { displayName, ...others } = connectionSettingsSchema.parse(shown);
  return connectionEntrySchema.parse({
    displayName: acceptedName(displayName),
    secretArn: shown.ownSecretArn,
    agree: true,
    ...others,
  });
}

/**
 * Whether a file means the same by two names: how a letter is composed makes no difference, nor what no name may hold
 * any more; its case does.
 */
export function isSameEntry(one: string, other: string): boolean {
  return acceptedName(one) === acceptedName(other);
}

/** Those of that name; a file can't tell two of the same name apart. */
export function theOneCalled<Item extends { readonly displayName: string }>(
  items: readonly Item[],
  name: string,
  noun: string,
): Item | undefined {
  const found = items.filter(({ displayName }) => isSameEntry(displayName, name));
  if (found.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${found.length} ${noun}s are called “${name}”, and a file tells them apart by their names. Rename all but one.`,
      exit: "conflict",
    });
  }
  return found[0];
}
