import type {
  Calendar,
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  Log,
  RateLimiter,
  RunFiles,
  RunQueues,
  RunStore,
  SecretStore,
  SegmentReader,
  SegmentSource,
  SettingsStore,
  StartQueue,
  Timetable,
} from "../ports";

/** What every function of the API needs. */
export interface ApiDependencies {
  readonly log: Log;
  /** The token's claim that names the caller's groups. */
  readonly rolesClaim: string;
}

/** What the use cases behind the routes of `connectionsApi` need. */
export interface ConnectionsApiDependencies extends ApiDependencies {
  readonly connections: ConnectionStore;
  readonly exports: Pick<ExportStore, "listByConnection">;
  readonly secrets: Pick<SecretStore, "create" | "delete">;
  readonly klaviyo: Pick<Klaviyo, "checkKey">;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}

/** What the use cases behind the routes of `segmentsApi` need. */
export interface SegmentsApiDependencies extends ApiDependencies {
  readonly segments: Pick<SegmentSource, "list" | "files">;
  readonly reader: SegmentReader;
}

/** What the use cases behind the routes of `exportsApi` need. */
export interface ExportsApiDependencies extends ApiDependencies {
  readonly connections: Pick<ConnectionStore, "get" | "list">;
  readonly exports: ExportStore;
  /** A deleted export's run is stopped; an export shows its last run. */
  readonly runs: Pick<RunStore, "stop" | "end" | "get" | "listByExport" | "getMany">;
  readonly queues: Pick<RunQueues, "confirm">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly calendar: Calendar;
  readonly secrets: Pick<SecretStore, "read">;
  readonly segments: Pick<SegmentSource, "files">;
  readonly klaviyo: Pick<Klaviyo, "getList">;
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}

/** What the use cases behind the routes of `runsApi` need. */
export interface RunsApiDependencies extends ApiDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: Pick<RunQueues, "prepare" | "confirm">;
  readonly starts: StartQueue;
  readonly files: Pick<RunFiles, "reportLink">;
  readonly clock: Clock;
  readonly ids: IdGenerator;
}

/** What the use cases behind the routes of `schedulesApi` need. */
export interface SchedulesApiDependencies extends ApiDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "list" | "setSchedule">;
  readonly settings: SettingsStore;
  readonly timetable: Timetable;
  readonly calendar: Calendar;
  readonly clock: Clock;
}
