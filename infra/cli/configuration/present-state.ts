import type { ConnectionAnswer, ExportAnswer, SystemScheduleAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/every-page";
import { Failure } from "../failure";
import { settingsOf } from "../guided/check-settings";
import {
  connectionEntrySchema,
  exportEntrySchema,
  type ConnectionEntry,
  type ExportEntry,
} from "./file-schema";

/** What there is, as the API shows it. */
export interface PresentState {
  readonly connections: readonly ConnectionAnswer[];
  readonly exports: readonly ExportAnswer[];
  readonly schedule: SystemScheduleAnswer;
}

export async function readPresentState(api: Api): Promise<PresentState> {
  const [connections, exports, schedule] = await Promise.all([
    // Viewers see exports and no connections; they can still write a file of what they see.
    everything(api.listConnections).catch((error: unknown) => {
      if (error instanceof Failure && error.details.code === "notPermitted") {
        return [];
      }
      throw error;
    }),
    everything(api.listExports),
    api.viewSchedule(),
  ]);
  return { connections, exports, schedule };
}

/** An export as a file says it. Its list is named by id: names of lists can change in Klaviyo. */
export function exportEntry(shown: ExportAnswer): ExportEntry {
  const {
    connectionId: _byName,
    listId: _inList,
    displayName,
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
  } = exportEntrySchema.parse({
    displayName,
    connection:
      shown.connectionId === null ? null : (shown.connection?.displayName ?? shown.connectionId),
    list: { id: shown.listId },
    segments,
    mapping,
    ...others,
    schedule: shown.schedule,
  });
  // In the order in which a reader looks for them.
  return { displayName: name, connection, list, ...settings, schedule };
}

/** A connection as a file says it: the key is not there, since nobody can read it. */
export function connectionEntry(shown: ConnectionAnswer): ConnectionEntry {
  const { displayName, sharing, profileLimit, ownSecretArn } = shown;
  if (sharing === undefined || profileLimit === undefined) {
    throw new Failure({
      code: "notPermitted",
      message:
        "Connections are an administrator's to see and to change. Leave them out: klaviyo-export get exports, or a file without connections.",
      exit: "notSignedIn",
    });
  }
  return connectionEntrySchema.parse({
    displayName,
    ...(ownSecretArn === undefined ? {} : { secretArn: ownSecretArn }),
    agree: true,
    sharing,
    profileLimit,
  });
}

/** Those of that name; a file can't tell two of the same name apart. */
export function theOneCalled<Item extends { readonly displayName: string }>(
  items: readonly Item[],
  name: string,
  noun: string,
): Item | undefined {
  const found = items.filter(({ displayName }) => displayName === name);
  if (found.length > 1) {
    throw new Failure({
      code: "nameAmbiguous",
      message: `${found.length} ${noun}s are called “${name}”, and a file tells them apart by their names. Rename all but one.`,
      exit: "conflict",
    });
  }
  return found[0];
}
