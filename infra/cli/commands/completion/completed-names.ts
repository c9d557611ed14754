import type { Command } from "commander";
import { everything } from "../../api/everything";
import type { Api } from "../../api/api";

/** What the completion can name, beside what commands are called. */
export type Names = Readonly<Record<Kind, readonly string[]>>;
type Kind = "export" | "connection" | "segment" | "source";

const none: Names = { export: [], connection: [], segment: [], source: [] };

/** By the names of arguments and options; a run is named by its export. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  export: ["export"],
  run: ["export"],
  connection: ["connection"],
  segment: ["segment"],
  source: ["source"],
  target: ["export", "connection"],
};

/** Whoever completes a word waits for it: an API that takes longer is not waited for. */
const PATIENCE_MILLISECONDS = 3_000;

/** The names that may stand where an argument or option of this name is. */
export function namesFor(names: Names, what: string): readonly string[] {
  return (kindsOf[what] ?? []).flatMap((kind) => names[kind]);
}

/** Reads the names that the words may be completed with: no others, and none when the API can't be asked. */
export async function readCompletedNames(
  open: () => Promise<Api>,
  program: Command,
  words: readonly string[],
): Promise<Names> {
  const kinds = wantedKinds(program, words);
  if (kinds.length === 0) {
    return none;
  }
  const read = async (): Promise<Names> => {
    const api = await open();
    const lists = {
      export: async () => (await everything(api.listExports)).map(({ displayName }) => displayName),
      connection: async () =>
        (await everything(api.listConnections)).map(({ displayName }) => displayName),
      segment: async () => (await everything(api.listSegments)).map(({ name }) => name),
      source: async () => (await api.listSources()).items.map(({ sourceId }) => sourceId),
    };
    const found = await Promise.all(
      kinds.map(async (kind) => [kind, await lists[kind]()] as const),
    );
    return { ...none, ...Object.fromEntries(found) };
  };
  const patience = new Promise<Names>((resolve) => {
    setTimeout(() => resolve(none), PATIENCE_MILLISECONDS).unref();
  });
  return Promise.race([read().catch(() => none), patience]);
}

/** What the last word can be the name of: the value of the option before it, else an argument of the command. */
function wantedKinds(program: Command, words: readonly string[]): readonly Kind[] {
  const before = words.at(-2) ?? "";
  if (before.startsWith("--")) {
    const kinds = kindsOf[before.slice(2)];
    if (kinds !== undefined) return kinds;
  }
  if (words.at(-1)?.startsWith("-") === true) {
    return [];
  }
  let command = program;
  for (const word of words.slice(0, -1)) {
    command = command.commands.find((inner) => inner.name() === word) ?? command;
  }
  return command.registeredArguments.flatMap((argument) => kindsOf[argument.name()] ?? []);
}
