import { text } from "node:stream/consumers";
import pc from "picocolors";
import type { Colors } from "./colors";
import { inquirerPrompts, type Prompts } from "./prompts";

/** Who or what the command talks to: a person at a terminal, a pipe, or a test. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether questions may be asked: a person sits at both ends. */
  readonly interactive: boolean;
  /** Whether lines on standard error may be drawn over, as a progress bar does. */
  readonly drawsProgress: boolean;
  /** Width of standard output in characters; undefined when it is no terminal. */
  readonly columns: number | undefined;
  /** As `columns`, of standard error. */
  readonly noteColumns: number | undefined;
  /** For standard output. */
  readonly colors: Colors;
  /** For standard error. */
  readonly noteColors: Colors;
  /** Writes a result to standard output. */
  readonly print: (text: string) => void;
  /** Writes what is not the result to standard error: progress, questions, warnings. */
  readonly note: (text: string) => void;
  readonly readStandardInput: () => Promise<string>;
  readonly prompts: Prompts;
}

/** The terminal of this process. Colours only where they are seen; `NO_COLOR` and `FORCE_COLOR` are heeded. */
export function processTerminal({ color }: { color: boolean }): Terminal {
  const { env, stdin, stdout, stderr } = process;
  const colorsOn = (isTerminal: boolean): boolean => {
    if (!color || (env["NO_COLOR"] ?? "") !== "") {
      return false;
    }
    const forced = env["FORCE_COLOR"];
    return forced === undefined ? isTerminal && env["TERM"] !== "dumb" : forced !== "0";
  };
  return {
    env,
    interactive: stdin.isTTY && stderr.isTTY,
    drawsProgress: stderr.isTTY && env["TERM"] !== "dumb",
    columns: stdout.isTTY ? stdout.columns : undefined,
    noteColumns: stderr.isTTY ? stderr.columns : undefined,
    colors: pc.createColors(colorsOn(stdout.isTTY)),
    noteColors: pc.createColors(colorsOn(stderr.isTTY)),
    print: (line) => void stdout.write(`${line}\n`),
    note: (line) => void stderr.write(`${line}\n`),
    readStandardInput: () => text(stdin),
    prompts: inquirerPrompts,
  };
}
