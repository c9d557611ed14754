import tab from "@bomb.sh/tab";
import { Argument, type Command } from "commander";
import type { ContextOf } from "../command-context";
import { readProfiles } from "../session/settings-files";

const shells = ["bash", "zsh", "fish"] as const;

/** What the shell asks with, between the words of the command line: `klaviyo-export complete -- exports li`. */
const ASKING_COMMAND = "complete";

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
      "print a script by which a shell completes commands, options and names of profiles",
    )
    .addHelpText(
      "after",
      `
In bash:  source <(klaviyo-export completion bash)
In zsh:   source <(klaviyo-export completion zsh)
In fish:  klaviyo-export completion fish | source
In front of each, “npx” works too; for completion the shell then wants: alias klaviyo-export='npx klaviyo-export'`,
    )
    .action((shell: string, _options: unknown, command: Command) => {
      if (shell === "bash") {
        contextOf(command).terminal.print(WITHOUT_BASH_COMPLETION);
      }
      // The shell calls this very file: the name alone may not be on its path.
      tab.setup(program.name(), commandLine(), shell);
    });

  program
    .command(ASKING_COMMAND, { hidden: true })
    .argument("[words...]")
    .allowUnknownOption()
    .action(async (words: string[], _options: unknown, command: Command) => {
      const { profiles } = await readProfiles(contextOf(command).terminal.env);
      describeCommands(program, Object.keys(profiles));
      tab.parse(words);
    });
}

function commandLine(): string {
  const words = [process.execPath, process.argv[1] ?? ""];
  return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
}

interface Described {
  option(value: string, description: string, handler?: Completer | string, alias?: string): unknown;
  argument(name: string, handler?: Completer, variadic?: boolean): unknown;
}
type Completer = (complete: (value: string, description: string) => void) => void;

/** Tells the completion of every command, from the definitions by which they are read. */
function describeCommands(program: Command, profiles: readonly string[]): void {
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
      const words = name === "profile" ? profiles : (argChoices ?? []);
      target.option(
        name,
        description,
        ...(required ? [values(words)] : []),
        ...(short === undefined || required ? [] : [short.slice(1)]),
      );
    }
    for (const argument of command.registeredArguments) {
      const isProfile = command.parent?.name() === "profiles";
      const words = isProfile ? profiles : (argument.argChoices ?? []);
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
