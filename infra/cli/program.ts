import { Command, Option } from "commander";
import { addApplyCommand } from "./commands/apply";
import { addAuditCommands } from "./commands/audit";
import { addCompletionCommands } from "./commands/completion/completion";
import { addConnectionCommands } from "./commands/connections";
import { addExportCommands } from "./commands/exports";
import { addGetCommand } from "./commands/get";
import { addProfileCommands } from "./commands/profiles";
import { addExplainCommand } from "./commands/explain";
import { addRejectionsCommand } from "./commands/runs/rejections";
import { addRunCommands } from "./commands/runs/runs";
import { addScheduleCommands } from "./commands/schedule";
import { addSegmentCommands } from "./commands/segments";
import { addSourceCommands } from "./commands/sources";
import { addSignInCommands } from "./commands/sign-in";
import { contextOf } from "./command-context";
import { exitCodes, type ExitReason } from "./exit-codes";
import { hint } from "./output/hints";
import { paragraph } from "./output/words";
import { outputFormats } from "./output/print-result";
import type { Terminal } from "./terminal/terminal";

/** As commander's help has it where nobody knows how wide the terminal is. */
const WIDEST_HELP = 80;
/** What stands before an exit code's meaning. */
const CODES_WIDTH = "  130  ".length;

/** The whole command line. It throws commander's errors and `Failure` in place of ending the process. */
export function buildProgram(
  terminal: Terminal,
  endWith: (reason: ExitReason) => void,
  version: string,
): Command {
  const program = new Command("klaviyo-export")
    .version(version, "--version", "print the version")
    .description("Puts the members of customer segments onto Klaviyo lists.")
    .option("--profile <name>", "environment to use (KLAVIYO_EXPORT_PROFILE)")
    .addOption(
      // Which of the two is meant can't be guessed: the wrong one may be production.
      new Option(
        "--url <url>",
        "address of the API, without a profile (KLAVIYO_EXPORT_URL)",
      ).conflicts("profile"),
    )
    .addOption(
      // Other users see it in the list of processes, so nothing leads to it; the variable does the same.
      new Option("--token <token>", "access token (KLAVIYO_EXPORT_TOKEN)").hideHelp(),
    )
    .addOption(
      new Option("-o, --output <format>", "form of the result")
        .choices(outputFormats)
        .default("table"),
    )
    .option("--no-color", "no colours (NO_COLOR)")
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
      getOutHasColors: () => terminal.colors.isColorSupported,
      getErrHasColors: () => terminal.noteColors.isColorSupported,
    })
    .addHelpText("after", `\n${exitCodeHelp(terminal)}`)
    .exitOverride();

  const context = contextOf(terminal, endWith);
  addSignInCommands(program, context);
  addProfileCommands(program, context);
  addConnectionCommands(program, context);
  addSourceCommands(program, context);
  addSegmentCommands(program, context);
  addExportCommands(program, context);
  addRunCommands(program, context);
  addRejectionsCommand(program, context);
  addExplainCommand(program, context);
  addScheduleCommands(program, context);
  addAuditCommands(program, context);
  addGetCommand(program, context);
  addApplyCommand(program, context);
  addCompletionCommands(program, context);
  pointToHelp(program, []);
  return program;
}

/** Whoever mistypes an option is led to the help of the command at hand. */
function pointToHelp(command: Command, path: readonly string[]): void {
  command.showHelpAfterError(`See what there is with: ${hint(...path, "--help")}`);
  for (const inner of command.commands) {
    pointToHelp(inner, [...path, inner.name()]);
  }
}

function exitCodeHelp({ columns = WIDEST_HELP }: Pick<Terminal, "columns">): string {
  const lines = Object.values(exitCodes).map(({ code, meaning }) =>
    paragraph(meaning, columns - CODES_WIDTH)
      .split("\n")
      .map((line, at) => `  ${(at === 0 ? String(code) : "").padStart(3)}  ${line}`)
      .join("\n"),
  );
  return ["Exit codes:", ...lines].join("\n");
}
