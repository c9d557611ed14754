import { writeFile } from "node:fs/promises";

/** One line that a function wrote, or that its host wrote about it. */
export interface FunctionLogLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly functionName: string;
  /** The invocation that was going on, if one was. */
  readonly requestId: string | undefined;
  readonly stream: "stdout" | "stderr" | "platform";
  readonly text: string;
}

export interface FunctionLogs {
  append(line: FunctionLogLine): void;
  /** The latest lines, oldest first; of one function when named. */
  lines(functionName?: string): readonly FunctionLogLine[];
  /** Calls for each line to come. Returns how to end that. */
  subscribe(listener: (line: FunctionLogLine) => void): () => void;
  /** Writes the lines kept, one JSON object a line. */
  save(file: string): Promise<void>;
}

/** @param capacity lines kept; the oldest are dropped above that. */
export function createFunctionLogs(capacity = 20_000): FunctionLogs {
  let kept: FunctionLogLine[] = [];
  const listeners = new Set<(line: FunctionLogLine) => void>();
  return {
    append: (line) => {
      kept.push(line);
      // Half at a time, so that appending stays cheap.
      if (kept.length > capacity) kept = kept.slice(-Math.ceil(capacity / 2));
      for (const listener of listeners) listener(line);
    },
    lines: (functionName) =>
      kept.filter((line) => functionName === undefined || line.functionName === functionName),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    save: (file) => writeFile(file, kept.map((line) => `${JSON.stringify(line)}\n`).join("")),
  };
}
