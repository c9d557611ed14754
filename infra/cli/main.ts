import { CommanderError, type Command } from "commander";
import { exitCodes, type ExitReason } from "./exit-codes";
import { Failure } from "./failure";
import { hint, howStarted, startedAs } from "./output/hints";
import { paragraph } from "./output/words";
import { buildProgram } from "./program";
import { harmlessTerminal } from "./terminal/harmless-terminal";
import { processTerminal, type Terminal } from "./terminal/terminal";

/** Runs one command line and returns the exit code. */
export async function runCommand(
  given: Terminal,
  args: readonly string[],
  version = "0.0.0",
): Promise<number> {
  const terminal = harmlessTerminal(given);
  let reason: ExitReason = "ok";
  let atHand: readonly string[] = [];
  const endWith = (ended: ExitReason): void => {
    reason = ended;
  };
  const program = buildProgram(terminal, endWith, version).hook(
    "preAction",
    (_program, command) => {
      atHand = pathOf(command);
    },
  );
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCodes[reason].code;
  } catch (error) {
    return exitCodes[explain(terminal, error, { json: wantsJson(args), atHand })].code;
  }
}

/** Says what went wrong, on standard error, and how the command is to end. */
function explain(
  terminal: Terminal,
  error: unknown,
  { json, atHand }: { json: boolean; atHand: readonly string[] },
): ExitReason {
  if (error instanceof CommanderError) {
    // Help is no error, and what is wrong with the command line has been said.
    return error.exitCode === 0 ? "ok" : "usage";
  }
  if (error instanceof Failure) {
    const { code, message, field, requestId, exit } = error.details;
    if (json) {
      terminal.note(JSON.stringify({ problem: { code, message, field, requestId } }));
      return exit;
    }
    const { red, dim } = terminal.noteColors;
    terminal.note(paragraph(`${red(code)}: ${message}`, terminal.noteColumns));
    if (field !== undefined && field !== "") {
      terminal.note(dim(`Field: ${field}`));
    }
    if (requestId !== undefined) {
      terminal.note(dim(`Request: ${requestId}`));
    }
    if (exit === "usage" && code === "usage") {
      terminal.note(`See what there is with: ${hint(...atHand, "--help")}`);
    }
    return exit;
  }
  terminal.note(
    `${terminal.noteColors.red("unexpected")}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return "unexpected";
}

/** The words by which a command is called. */
function pathOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, at) =>
      arg === "--output=json" ||
      arg === "-ojson" ||
      (arg === "json" && ["-o", "--output"].includes(args[at - 1] ?? "")),
  );
}

/** The command as it is started from a shell. */
export async function main({ version }: { version: string }): Promise<void> {
  startedAs(howStarted(process.env, process.argv[1]));
  const args = process.argv.slice(2);
  // A reader that has seen enough, such as head, is no error.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.ok.code : exitCodes.unexpected.code);
  });
  const code = await runCommand(
    processTerminal({ color: !args.includes("--no-color") }),
    args,
    version,
  );
  // What was written must be out before the process ends, and kept-alive connections must not keep it up.
  process.stdout.write("", () => process.exit(code));
}
