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
  with(ids: Record<string, string | number>): Log;
  info(event: string, details?: Record<string, unknown>): void;
  warn(event: string, details?: Record<string, unknown>): void;
  error(event: string, details?: Record<string, unknown>): void;
}
