import type { Log } from "../../../shared/ports";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly details: Record<string, unknown>;
}

/** Keeps what is logged. */
export function fakeLog(
  lines: LogLine[] = [],
  ids: Record<string, string | number> = {},
): Log & { readonly lines: LogLine[] } {
  const write =
    (level: LogLine["level"]) =>
    (event: string, details: Record<string, unknown> = {}): void => {
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
