import tab from "@bomb.sh/tab";
import { Argument, type Command } from "commander";
import { openApi, type Api } from "../../api/api";
import type { CommandContext, ContextOf } from "../../command-context";
import { openSession } from "../../session/session";
import { readProfiles } from "../../session/settings-files";
import { namesFor, readCompletedNames, type Names } from "./completed-names";

const shells = ["bash", "zsh", "fish"] as const;

/** What the shell asks with, between the words of the command line: `klaviyo-export complete -- exports li`. */
const ASKING_COMMAND = "complete";

/** Says which shell asks. */
const ASKING_SHELL = "KLAVIYO_EXPORT_SHELL";

/** The script wants a function of the package bash-completion, which not every machine has. */
const WITHOUT_BASH_COMPLETION = `if ! declare -F _get_comp_words_by_ref > /dev/null; then
    _get_comp_words_by_ref() {
        words=("\${COMP_WORDS[@]}")
        cword=$COMP_CWORD
        cur=\${COMP_WORDS[COMP_CWORD]}
        prev=\${COMP_WORDS[COMP_CWORD - 1]}
    }
fi`;

/** `klaviyo-export completion bash` */
export function addCompletionCommands(program: Command, contextOf: ContextOf): void {
  program
    .command("completion")
    .addArgument(new Argument("<shell>", "the shell that is to complete").choices(shells))
    .description(
      "print a script by which a shell completes commands, options, and names of exports, connections, segments, sources and profiles",
    )
    .addHelpText(
      "after",
      `
In bash:  source <(klaviyo-export completion bash)
In zsh:   source <(klaviyo-export completion zsh)
In fish:  klaviyo-export completion fish | source
In a clone put “npx” in front of each; the script then also makes klaviyo-export a command of that shell.`,
    )
    .action((shell: string, _options: unknown, command: Command) => {
      if (shell === "bash") {
        contextOf(command).terminal.print(WITHOUT_BASH_COMPLETION);
      }
      contextOf(command).terminal.print(asFunction(shell));
      // The shell calls this very file: the name alone may not be on its path.
      tab.setup(program.name(), commandLine(shell), shell);
    });

  program
    .command(ASKING_COMMAND, { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: string[], _options: unknown, command: Command) => {
      const context = contextOf(command);
      const { profiles } = await readProfiles(context.terminal.env);
      const names = await readCompletedNames(() => quietApi(context), program, words);
      const shown = context.terminal.env[ASKING_SHELL] === "bash" ? escaped(names) : names;
      describeCommands(program, Object.keys(profiles), shown);
      tab.parse(words);
    });
}

/** What is said beside the answers would appear amid the words that are being typed; nor does anybody wait for them. */
async function quietApi({ terminal, sessionOptions }: CommandContext): Promise<Api> {
  const session = await openSession({ ...terminal, note: () => undefined }, sessionOptions);
  return openApi(session, { milliseconds: 0 });
}

/**
 * bash puts a word in as it comes, and its script reads a backslash once before that; the others take care of what
 * their words can't hold.
 */
function escaped(names: Names): Names {
  const escape = (all: readonly string[]): string[] =>
    all.map((name) => name.replace(/[^\p{L}\p{N}_@%+=:,./-]/gu, "\\\\\\$&"));
  const { connection, segment, source } = names;
  return {
    ...{ export: escape(names.export), connection: escape(connection) },
    ...{ segment: escape(segment), source: escape(source) },
  };
}

function quoted(): string {
  const words = [process.execPath, process.argv[1] ?? ""];
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

function commandLine(shell: string): string {
  return `env ${ASKING_SHELL}=${shell} ${quoted()}`;
}

/** In a clone the name is on no path; as a function it is, and starts sooner than npx does. */
function asFunction(shell: string): string {
  const run = `KLAVIYO_EXPORT_COMMAND=klaviyo-export ${quoted()}`;
  return shell === "fish"
    ? `if not type -q klaviyo-export\n    function klaviyo-export\n        ${run} $argv\n    end\nend`
    : `if ! command -v klaviyo-export > /dev/null; then\n    klaviyo-export() { ${run} "$@"; }\nfi`;
}

interface Described {
  option(value: string, description: string, handler?: Completer | string, alias?: string): unknown;
  argument(name: string, handler?: Completer, variadic?: boolean): unknown;
}
type Completer = (complete: (value: string, description: string) => void) => void;

/** Tells the completion of every command, from the definitions by which they are read. */
function describeCommands(program: Command, profiles: readonly string[], names: Names): void {
  const values =
    (words: readonly string[]): Completer =>
    (complete) => {
      for (const word of words) complete(word, "");
    };
  const describe = (target: Described, command: Command): void => {
    const help = command.createHelp();
    for (const { long, short, description, required, argChoices } of [
      ...help.visibleOptions(command),
      ...(command === program ? [] : help.visibleOptions(program)),
    ]) {
      const name = long?.slice(2);
      if (name === undefined) continue;
      const words = name === "profile" ? profiles : (argChoices ?? namesFor(names, name));
      target.option(
        name,
        description,
        ...(required ? [values(words)] : []),
        ...(short === undefined || required ? [] : [short.slice(1)]),
      );
    }
    for (const argument of command.registeredArguments) {
      const isProfile = command.parent?.name() === "profiles";
      const words = isProfile
        ? profiles
        : (argument.argChoices ?? namesFor(names, argument.name()));
      target.argument(argument.name(), values(words), argument.variadic);
    }
  };
  const walk = (command: Command, path: readonly string[]): void => {
    for (const inner of command.createHelp().visibleCommands(command)) {
      const words = [...path, inner.name()];
      describe(tab.command(words.join(" "), inner.description()), inner);
      walk(inner, words);
    }
  };
  describe(tab, program);
  walk(program, []);
}
