import { Logger } from "@aws-lambda-powertools/logger";
import { redact } from "../domain/text/redaction";
import type { Log, LogEvent, LogIds } from "../ports";
import { sentences } from "./log-sentences";
import { redactDetails } from "./redact-details";

export interface LogOptions {
  /** The function's name, the same in all stages. */
  readonly service: string;
  readonly stage: string;
  readonly level: "DEBUG" | "INFO" | "WARN" | "ERROR";
}

const LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

/** Properties of every line, which a detail of the same name must not take over. */
const RESERVED = new Set(["level", "message", "timestamp", "service", "event", "stage"]);

/**
 * Writes JSON lines. Every detail passes the guard that takes API keys and email addresses out, whoever
 * wrote it; the rule that none is logged does not hang on every caller's care. Ids are carried by the log
 * that `with` returns and not by the logger, so none is left over for the next invocation, and messages
 * that are handled side by side do not get each other's.
 */
export function createLog(options: LogOptions): Log {
  const logger = new Logger({
    serviceName: options.service,
    logLevel: options.level,
    persistentKeys: { stage: options.stage },
  });

  // On Lambda the logger goes by the function's setting instead of its own, which lets measurements pass.
  const isWritten = (level: LogOptions["level"]): boolean =>
    LEVELS.indexOf(level) >= LEVELS.indexOf(options.level);

  function logWith(ids: LogIds): Log {
    const write =
      (level: "info" | "warn" | "error", named: LogOptions["level"]) =>
      (event: LogEvent, details: object = {}): void => {
        if (!isWritten(named)) return;
        logger[level](sentences[event], { event, ...safe({ ...ids, ...details }) });
      };
    return {
      with: (more) => logWith({ ...ids, ...more }),
      info: write("info", "INFO"),
      warn: write("warn", "WARN"),
      error: write("error", "ERROR"),
    };
  }
  return logWith({});
}

function safe(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      RESERVED.has(name) ? `${name}_` : redact(name),
      redactDetails(value),
    ]),
  );
}
