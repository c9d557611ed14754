import type { ConnectionAnswer } from "../api/answers";
import type { Api, NewKey } from "../api/api";
import { Failure } from "../failure";
import { differences } from "./differences";
import type { ConnectionEntry } from "./file-schema";
import type { Step } from "./plan";
import { connectionEntry, theOneCalled, type WholeConnection } from "./present-state";
import { CONSENT_WORDING } from "../../../shared/domain/connections/connection";

export interface ConnectionPlanning {
  readonly api: Api;
  readonly present: readonly WholeConnection[];
  /** Reads the key from where an entry says; called only when a connection is made. */
  readonly readKey: (source: NonNullable<ConnectionEntry["apiKey"]>) => Promise<string>;
  /** Remembers a connection that was made, for the exports that name it. */
  readonly made: (connection: ConnectionAnswer) => void;
}

/** What it takes to make a connection be as its entry says. */
export function planConnection(planning: ConnectionPlanning, entry: ConnectionEntry): Step {
  const present = theOneCalled(planning.present, entry.displayName, "connection");
  return present === undefined
    ? creation(planning, entry)
    : change(planning.api, connectionChange(present, entry));
}

function creation({ api, readKey, made }: ConnectionPlanning, entry: ConnectionEntry): Step {
  const { apiKey, secretArn, agree, ...settings } = entry;
  const { displayName, ...others } = settings;
  const missing =
    apiKey === undefined && secretArn === undefined
      ? "say where its key is (apiKey: {env: VARIABLE} or {file: PATH}, or secretArn)"
      : agree === undefined
        ? `give your consent: agree: true, which says “${CONSENT_WORDING.text}”`
        : undefined;
  if (missing !== undefined) {
    throw new Failure({
      code: "connectionIncomplete",
      message: `The connection “${displayName}” does not exist yet. To have it made, ${missing}.`,
      exit: "invalid",
    });
  }
  return {
    kind: "create",
    what: "connection",
    name: displayName,
    differences: differences({}, withoutUndefined({ apiKey, secretArn, ...others })),
    carryOut: async () => {
      const key: NewKey =
        secretArn !== undefined
          ? { secretArn }
          : { apiKey: apiKey === undefined ? "" : await readKey(apiKey) };
      made(await api.createConnection({ body: { ...settings, agree: true, ...key } }));
    },
  };
}

interface ConnectionChange {
  readonly present: WholeConnection;
  readonly entry: ConnectionEntry;
  readonly before: ConnectionEntry;
}

function connectionChange(present: WholeConnection, entry: ConnectionEntry): ConnectionChange {
  return { present, entry, before: connectionEntry(present) };
}

function change(api: Api, { present, entry, before }: ConnectionChange): Step {
  const { apiKey: _ofNew, agree: _once, secretArn, ...settings } = entry;
  const found = differences(
    compared(before, secretArn !== undefined),
    compared(entry, secretArn !== undefined),
  );
  const { connectionId, version } = present;
  const settingsDiffer = found.some(({ path }) => path !== "secretArn");
  return {
    kind: found.length === 0 ? "unchanged" : "change",
    what: "connection",
    name: settings.displayName,
    differences: found,
    carryOut: async () => {
      if (settingsDiffer) {
        await api.updateConnection({ path: { connectionId }, ifMatch: version, body: settings });
      }
      if (secretArn !== undefined && secretArn !== before.secretArn) {
        await api.replaceKey({ path: { connectionId }, body: { secretArn } });
      }
    },
  };
}

/** The key of a connection that exists can't be compared, and the consent was given once and for all. */
function compared(
  { displayName: _name, apiKey: _key, agree: _given, secretArn, ...settings }: ConnectionEntry,
  withSecret: boolean,
): Record<string, unknown> {
  return withoutUndefined({ ...settings, secretArn: withSecret ? secretArn : undefined });
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
