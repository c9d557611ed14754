import { Argument, type Command } from "commander";
import * as z from "zod";
import { Document, isScalar } from "yaml";
import type { Api } from "../api/api";
import { everything } from "../api/every-page";
import type { ContextOf } from "../command-context";
import {
  connectionEntry,
  exportEntry,
  readPresentState,
  type PresentState,
} from "../configuration/present-state";

const kinds = ["connections", "exports", "all"] as const;

/** `klaviyo-export get all -o yaml > exports.yaml` */
export function addGetCommand(program: Command, contextOf: ContextOf): void {
  program
    .command("get")
    .addArgument(new Argument("<what>", "what to write").choices(kinds))
    .description(
      "write connections and exports as a file that apply reads (YAML, or JSON with -o json)",
    )
    .action(async (what: string, _options: unknown, command: Command) => {
      const context = contextOf(command);
      const kind = z.enum(kinds).parse(what);
      const api = await context.api();
      const present = await readPresentState(api);
      const content = fileContent(present, kind);
      if (context.format === "json") {
        context.terminal.print(JSON.stringify(content, undefined, 2));
        return;
      }
      context.terminal.print(await asCommentedYaml(api, present, content));
    });
}

type FileContent = ReturnType<typeof fileContent>;

function fileContent(
  { connections, exports, schedule }: PresentState,
  kind: (typeof kinds)[number],
) {
  const byName = <Entry extends { displayName: string }>(entries: Entry[]): Entry[] =>
    entries.sort((one, other) => one.displayName.localeCompare(other.displayName, "en"));
  const { active, recurrence } = schedule;
  return {
    ...(kind === "exports" ? {} : { connections: byName(connections.map(connectionEntry)) }),
    ...(kind === "connections" ? {} : { exports: byName(exports.map(exportEntry)) }),
    ...(kind === "all"
      ? { schedule: { active, ...(recurrence === undefined ? {} : { recurrence }) } }
      : {}),
  };
}

/** With the names of lists beside their ids, and a word on the keys, which are not there. */
async function asCommentedYaml(
  api: Api,
  present: PresentState,
  content: FileContent,
): Promise<string> {
  const document = new Document(content, { aliasDuplicateObjects: false });
  document.commentBefore = " klaviyo-export apply -f FILE makes an environment be as this says.";
  if ((content.connections ?? []).some(({ secretArn }) => secretArn === undefined)) {
    document.commentBefore +=
      "\n Keys are not in it. Where a connection is to be made, say where its key is: apiKey: {env: KLAVIYO_API_KEY}";
  }
  const names = await listNames(api, present);
  for (const [position, entry] of (content.exports ?? []).entries()) {
    const name = "id" in entry.list ? names.get(entry.list.id) : undefined;
    const node: unknown = document.getIn(["exports", position, "list", "id"], true);
    if (name !== undefined && isScalar(node)) {
      // A line break would end the comment.
      node.comment = ` ${name.replace(/\s+/g, " ")}`;
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
        : await everything((query) => api.listKlaviyoLists(connectionId, query)).catch(() => []);
    for (const { id, name } of lists) {
      names.set(id, name);
    }
  }
  return names;
}
