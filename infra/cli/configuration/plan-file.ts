import type { ConnectionAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { differences } from "./differences";
import type { Configuration } from "./file-schema";
import type { Terminal } from "../terminal/terminal";
import type { Step } from "./plan";
import { planConnection, type ConnectionPlanning } from "./plan-connections";
import { planSegments } from "./plan-segments";
import {
  planSource,
  removedSources,
  requireMadeSources,
  type SourcePlanning,
} from "./sources/plan-sources";
import { planExport } from "./plan-exports";
import {
  isSameEntry,
  requireConnections,
  requireWholeConnections,
  theOneCalled,
  type PresentState,
} from "./present-state";

export interface FilePlanning {
  readonly terminal: Pick<Terminal, "note" | "noteColumns">;
  readonly api: Api;
  readonly present: PresentState;
  readonly readKey: ConnectionPlanning["readKey"];
  readonly readSecret: SourcePlanning["readSecret"];
  /** Whether what a section of the file does not name is to be deleted. */
  readonly prune: boolean;
}

/** All that it takes to make the environment be as the file says, in the order in which it can be done. */
export async function planFile(planning: FilePlanning, file: Configuration): Promise<Step[]> {
  const { api, present, readKey, readSecret } = planning;
  // Where segments come from is first, and how they are read: exports that are made after it can be tried.
  const ofSources =
    file.sources === undefined
      ? undefined
      : { api, readSecret, present: await requireMadeSources(api), entries: file.sources };
  const sources = ofSources?.entries.map((entry) => planSource(ofSources, entry)) ?? [];
  const newSources = new Set(
    sources.filter(({ kind }) => kind === "create").map(({ name }) => name),
  );
  const segments =
    file.segments === undefined
      ? []
      : await planSegments(api, file.segments, { prune: planning.prune, newSources });
  const made: ConnectionAnswer[] = [];
  const connections = (file.connections ?? []).map((entry) =>
    planConnection(
      {
        api,
        present: requireWholeConnections(present),
        readKey,
        made: (connection) => void made.push(connection),
      },
      entry,
    ),
  );
  const exports: Step[] = [];
  for (const entry of file.exports ?? []) {
    exports.push(
      await planExport(
        {
          terminal: planning.terminal,
          api,
          present: present.exports,
          connectionCalled: (name) =>
            theOneCalled([...requireConnections(present), ...made], name, "connection"),
          willBeMade: (name) =>
            (file.connections ?? []).some(({ displayName }) => displayName === name),
        },
        entry,
      ),
    );
  }
  return [
    ...sources,
    ...segments,
    ...connections,
    ...exports,
    ...planSchedule(planning, file),
    // Exports go before the connections and sources that they use.
    ...(planning.prune ? planRemovals(planning, file) : []),
    ...(planning.prune && ofSources !== undefined
      ? removedSources(ofSources, ofSources.entries)
      : []),
  ];
}

function planSchedule({ api, present }: FilePlanning, { schedule }: Configuration): Step[] {
  if (schedule === undefined) {
    return [];
  }
  const { active, recurrence, onRefresh } = present.schedule;
  const found = differences(
    {
      active,
      // What is there and undefined would differ from what is not there.
      ...(recurrence === undefined ? {} : { recurrence }),
      ...(onRefresh === undefined ? {} : { onRefresh }),
    },
    { ...schedule },
  );
  return [
    {
      kind: found.length === 0 ? "unchanged" : "change",
      what: "schedule",
      name: "system refresh",
      differences: found,
      carryOut: async () => {
        await api.updateSchedule({ body: schedule });
      },
    },
  ];
}

interface Entry {
  readonly displayName: string;
  readonly id?: string | undefined;
}

/** Only sections that the file has are complete lists: without one, nothing of its kind is deleted. */
function planRemovals({ api, present }: FilePlanning, file: Configuration): Step[] {
  const connections = file.connections === undefined ? [] : requireWholeConnections(present);
  const removal = (what: Step["what"], name: string, carryOut: () => Promise<unknown>): Step => ({
    kind: "delete",
    what,
    name,
    differences: [],
    carryOut: async () => {
      await carryOut();
    },
  });
  const unnamed = <Item extends { displayName: string }>(
    items: readonly Item[],
    entries: readonly Entry[] | undefined,
  ): Item[] =>
    entries === undefined
      ? []
      : items.filter((item) => !entries.some((entry) => isOf(entry, item)));
  const isOf = (entry: Entry, item: { displayName: string; exportId?: string }): boolean =>
    entry.id === undefined
      ? isSameEntry(entry.displayName, item.displayName)
      : entry.id === item.exportId;
  return [
    ...unnamed(present.exports, file.exports).map(({ exportId, displayName }) =>
      removal("export", displayName, () => api.deleteExport({ path: { exportId } })),
    ),
    ...unnamed(connections, file.connections).map(({ connectionId, displayName }) =>
      removal("connection", displayName, () => api.deleteConnection({ path: { connectionId } })),
    ),
  ];
}
