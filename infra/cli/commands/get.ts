import { Argument, type Command } from "commander";
import * as z from "zod";
import { Document, isScalar } from "yaml";
import type { ExportAnswer } from "../api/answers";
import type { Api } from "../api/api";
import { everything } from "../api/everything";
import type { ContextOf } from "../command-context";
import type { Configuration, ConnectionEntry, ExportEntry } from "../configuration/file-schema";
import {
  connectionEntry,
  exportEntry,
  isSameEntry,
  readPresentState,
  requireWholeConnections,
  type PresentState,
} from "../configuration/present-state";
import { readSetSegments } from "../configuration/segment-entries";
import {
  readMadeSources,
  requireMadeSources,
  sourceEntry,
} from "../configuration/sources/plan-sources";
import { Failure } from "../failure";
import { acceptedName, hasOldProperties } from "../configuration/stored-names";
import { hint } from "../output/hints";
import { noteUnreadable } from "../output/unreadable";
import { paragraph } from "../output/words";
import type { Terminal } from "../terminal/terminal";

const kinds = ["sources", "segments", "connections", "exports", "all"] as const;

/** `klaviyo-export get all -o yaml > exports.yaml` */
export function addGetCommand(program: Command, contextOf: ContextOf): void {
  program
    .command("get")
    .addArgument(new Argument("<what>", "what to write").choices(kinds))
    .description(
      "write sources, what is set for segments, connections and exports as a file that apply reads (YAML, or JSON with -o json)",
    )
    .action(async (what: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const kind = z.enum(kinds).parse(what);
      const api = await context.api();
      const unreadable = { connections: [], exports: [] };
      const present = await readPresentState(api, unreadable);
      noteUnreadable(context.terminal, "connection", unreadable.connections);
      noteUnreadable(context.terminal, "export", unreadable.exports);
      noteOldNames(context.terminal, present);
      const content = {
        ...(await sourceContent(context.terminal, api, kind)),
        ...(await segmentContent(context.terminal, api, kind)),
        ...fileContent(present, kind),
      };
      if (takes(kind, "connections") && content.connections === undefined) {
        context.terminal.note(
          paragraph(
            "Connections are left out: there are none that you may see whole, which takes an administrator. Applying the file leaves them alone.",
            context.terminal.noteColumns,
          ),
        );
      }
      if (context.format === "json") {
        context.terminal.print(JSON.stringify(content, undefined, 2));
        return;
      }
      context.terminal.print(await asCommentedYaml(api, present, content));
    });
}

/** Says which names the file has otherwise than they are stored. */
function noteOldNames(
  { note, noteColumns }: Pick<Terminal, "note" | "noteColumns">,
  { connections = [], exports }: PresentState,
): void {
  const renamed = [...connections, ...exports].filter(
    ({ displayName }) => acceptedName(displayName) !== displayName.normalize("NFC").trim(),
  );
  const remapped = exports.filter(({ mapping }) => hasOldProperties(mapping));
  for (const text of [
    ...renamed.map(
      ({ displayName }) =>
        `“${displayName}” holds what no name may hold any more. The file calls it “${acceptedName(displayName)}”, which apply takes for the same; a change through apply renames it so.`,
    ),
    ...remapped.map(
      ({ displayName }) =>
        `“${displayName}” fills a property whose name holds characters that are not seen, which apply no longer takes. The file has the name without them; a change through apply fills the property of that name.`,
    ),
  ]) {
    note(paragraph(text, noteColumns));
  }
}

type Kind = (typeof kinds)[number];
type FileContent = Pick<Configuration, "segments" | "sources"> & ReturnType<typeof fileContent>;

function takes(kind: Kind, section: Exclude<Kind, "all">): boolean {
  return kind === "all" || kind === section;
}

/** Sources that people have made. An empty section would say that there are to be none. */
async function sourceContent(
  terminal: Terminal,
  api: Api,
  kind: Kind,
): Promise<Pick<Configuration, "sources">> {
  if (!takes(kind, "sources")) {
    return {};
  }
  const unreadable: string[] = [];
  const made =
    kind === "sources"
      ? await requireMadeSources(api, unreadable)
      : await readMadeSources(api, unreadable);
  noteUnreadable(terminal, "source", unreadable);
  if (made === undefined) {
    terminal.note(
      paragraph(
        "Sources are left out: only administrators see them. Applying the file leaves them alone.",
        terminal.noteColumns,
      ),
    );
  }
  return made === undefined || made.length === 0 ? {} : { sources: made.map(sourceEntry) };
}

/** Segments for which something is set; without any there is no section, which would say that there are to be none. */
async function segmentContent(
  terminal: Terminal,
  api: Api,
  kind: Kind,
): Promise<Pick<Configuration, "segments">> {
  if (!takes(kind, "segments")) {
    return {};
  }
  const unreadable: string[] = [];
  const segments = (await readSetSegments(api, unreadable)).map(({ entry }) => entry);
  if (unreadable.length > 0) {
    terminal.note(
      paragraph(
        `What is set for ${unreadable.map((name) => `“${name}”`).join(", ")} can't be written into a file and is left out; applying the file leaves it alone. See it with: ${hint("segments", "describe", unreadable[0] ?? "")}`,
        terminal.noteColumns,
      ),
    );
  }
  return segments.length === 0 && kind === "all" ? {} : { segments };
}

function fileContent(present: PresentState, kind: Kind) {
  const byName = <Entry extends { displayName: string }>(entries: Entry[]): Entry[] =>
    entries.sort((one, other) => one.displayName.localeCompare(other.displayName, "en"));
  const { exports, schedule } = present;
  const { active, recurrence, onRefresh } = schedule;
  const connections =
    kind === "connections" || kind === "all" ? connectionEntries(present, kind) : [];
  return {
    // An empty section would say that there are to be none, and nobody but an administrator sees all.
    ...(connections.length === 0 ? {} : { connections: byName(connections) }),
    ...(takes(kind, "exports")
      ? { exports: byName(exports.map((shown) => entryOf(shown, exports))) }
      : {}),
    ...(kind === "all"
      ? {
          schedule: {
            active,
            recurrence,
            onRefresh,
          },
        }
      : {}),
  };
}

/** Exports may be called the same; then their ids tell them apart. */
function entryOf(shown: ExportAnswer, all: readonly ExportAnswer[]): ExportEntry {
  const alone = all.every(
    ({ displayName, exportId }) =>
      exportId === shown.exportId || !isSameEntry(displayName, shown.displayName),
  );
  const entry = exportEntry(shown);
  return alone ? entry : { id: shown.exportId, ...entry };
}

/** None where whoever asks for everything can't see them. Throws `Failure` for who asks for them alone. */
function connectionEntries(present: PresentState, kind: "connections" | "all"): ConnectionEntry[] {
  try {
    return requireWholeConnections(present).map(connectionEntry);
  } catch (error) {
    if (kind === "all" && error instanceof Failure) {
      return [];
    }
    throw error;
  }
}

/** With the names of lists beside their ids, and a word on the keys, which are not there. */
async function asCommentedYaml(
  api: Api,
  present: PresentState,
  content: FileContent,
): Promise<string> {
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = ` ${hint("apply", "-f", "FILE")} makes an environment be as this says.`;
  const keptSecret = (content.sources ?? []).some(
    ({ place, federated }) => place.kind === "azure" && federated === undefined,
  );
  if (keptSecret) {
    document.commentBefore +=
      "\n Tokens and keys of sources are not in it. Where a source is to be made, say where its token is:\n sasToken: {env: AZURE_SAS_TOKEN}";
  }
  if ((content.connections ?? []).some(({ secretArn }) => secretArn === undefined)) {
    document.commentBefore +=
      "\n Keys are not in it. Where a connection is to be made, say where its key is:\n apiKey: {env: KLAVIYO_API_KEY}";
  }
  const names = await listNames(api, present);
  for (const [position, entry] of (content.exports ?? []).entries()) {
    const name = "id" in entry.list ? names.get(entry.list.id) : undefined;
    const node: unknown = document.getIn(["exports", position, "list", "id"], true);
    if (name !== undefined && isScalar(node)) {
      // A line break would end the comment, and YAML takes no control characters.
      node.comment = ` ${name.replace(/[\s\p{C}]+/gu, " ")}`;
    }
  }
  return document.toString({ lineWidth: 110 }).trimEnd();
}

/** Names of the lists that exports use, as far as the accounts can be asked. */
async function listNames(api: Api, { exports }: PresentState): Promise<Map<string, string>> {
  const connectionIds = new Set(exports.map(({ connectionId }) => connectionId));
  const names = new Map<string, string>();
  for (const connectionId of connectionIds) {
    const lists =
      connectionId === null
        ? []
        : await everything(({ query }) =>
            api.listKlaviyoLists({ path: { connectionId }, query }),
          ).catch(() => []);
    for (const { id, name } of lists) {
      names.set(id, name);
    }
  }
  return names;
}
