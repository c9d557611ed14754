import type { LogDetails, LogEvent, LogIds } from "./log-events";

/** Measurements for dashboards and alarms; nothing personal in names and values. */
export interface Metrics {
  put(
    values: Partial<Record<MetricName, number>>,
    dimensions?: Readonly<Record<string, string>>,
  ): void;
}

export type MetricName =
  | "ProfilesSent"
  | "ProfilesRejected"
  | "ProfilesUnsent"
  | "RunsEnded"
  | "RunsFailed"
  | "RunsSkipped"
  | "SecondsToFinish"
  | "ImportJobs"
  | "OldestChunkAge";

/** Structured logging: events of the catalogue, with ids and counts and nothing personal. */
export interface Log {
  /** A log whose every line carries these ids too. */
  with(ids: LogIds): Log;
  info<Event extends LogEvent>(event: Event, ...details: LogDetails<Event>): void;
  warn<Event extends LogEvent>(event: Event, ...details: LogDetails<Event>): void;
  error<Event extends LogEvent>(event: Event, ...details: LogDetails<Event>): void;
}
