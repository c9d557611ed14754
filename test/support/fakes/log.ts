import type { Log, LogEvent, LogIds } from "../../../shared/ports";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: LogEvent;
  readonly details: Record<string, unknown>;
}

/** Keeps what is logged. */
export function fakeLog(
  lines: LogLine[] = [],
  ids: LogIds = {},
): Log & { readonly lines: LogLine[] } {
  const write =
    (level: LogLine["level"]) =>
    (event: LogEvent, details: object = {}): void => {
      lines.push({ level, event, details: { ...ids, ...details } });
    };
  return {
    lines,
    with: (more) => fakeLog(lines, { ...ids, ...more }),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  };
}
