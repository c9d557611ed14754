import type { Command } from "commander";
import * as z from "zod";
import { check } from "../../shared/contract/faults";
import { openApi, saidPatience, type Api } from "./api/api";
import type { ExitReason } from "./exit-codes";
import { usageFailure } from "./failure";
import { outputFormats, printResult, type OutputFormat } from "./output/print-result";
import { openSession, type Session, type SessionOptions } from "./session/session";
import type { Terminal } from "./terminal/terminal";

/** What a command works with. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly format: OutputFormat;
  readonly sessionOptions: SessionOptions;
  session(): Promise<Session>;
  api(): Promise<Api>;
  /** Prints a result in the form that was asked for. */
  show<Value>(value: Value, describe: (value: Value) => string): void;
  /** Says how the command ends when it has done what it had to, and scripts should know more. */
  endWith(reason: ExitReason): void;
}

/** Finds the context of a command from the options that all commands have. */
export type ContextOf = (command: Command) => CommandContext;

const globalOptionsSchema = z.object({
  profile: z.string().optional(),
  url: z.string().optional(),
  token: z.string().optional(),
  output: z.enum(outputFormats).default("table"),
});

export function contextOf(terminal: Terminal, endWith: (reason: ExitReason) => void): ContextOf {
  return (command) => {
    const { output, ...sessionOptions } = globalOptionsSchema.parse(command.optsWithGlobals());
    const session = (): Promise<Session> => openSession(terminal, sessionOptions);
    return {
      terminal,
      format: output,
      sessionOptions,
      session,
      api: async () => openApi(await session(), saidPatience(terminal)),
      endWith,
      show: (value, describe) => printResult(terminal, output, value, describe),
    };
  };
}

/** A command's own options, checked. */
export function optionsOf<Schema extends z.ZodType>(
  command: Command,
  schema: Schema,
): z.output<Schema> {
  const checked = check(schema, command.opts());
  if (!checked.ok) {
    const [{ path, text }] = checked.faults;
    const option = String(path[0] ?? "").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw usageFailure(`--${option}: ${text}`);
  }
  return checked.value;
}

/** Asks a person, or says which option would have answered. */
export async function answerOr<Answer>(
  { terminal }: Pick<CommandContext, "terminal">,
  option: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  if (!terminal.interactive) {
    throw usageFailure(`${option} is missing, and nobody is at the terminal who could be asked.`);
  }
  return ask();
}

/** Whether a person says yes; without a person, only `--yes` does. */
export async function confirmed(
  context: Pick<CommandContext, "terminal">,
  message: string,
  yes: boolean | undefined,
): Promise<boolean> {
  return (
    yes === true ||
    answerOr(context, "--yes", () => context.terminal.prompts.confirm({ message, default: false }))
  );
}
