import type {
  AuditLog,
  Calendar,
  Clock,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  Log,
  PreviewStore,
  RateLimiter,
  RequestLedger,
  RunData,
  RunFiles,
  RunQueues,
  RunStore,
  SecretStore,
  SegmentDescriptions,
  SegmentReader,
  SegmentSettingsStore,
  SegmentSource,
  SettingsStore,
  StartQueue,
  Timetable,
} from "../ports";
import type { TokenRules } from "../domain/access/token-rules";

/** What every function of the API needs. */
export interface ApiDependencies {
  readonly log: Log;
  readonly tokens: TokenRules;
}

/** What a function needs besides that has routes which change something. */
export interface ChangeDependencies {
  readonly audit: Pick<AuditLog, "add" | "complete">;
  readonly clock: Clock;
}

/** What the use cases behind the routes of `connectionsApi` need. */
export interface ConnectionsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
  readonly connections: ConnectionStore;
  readonly exports: Pick<ExportStore, "get" | "list" | "listByConnection" | "forgetSnapshot">;
  readonly runs: Pick<RunStore, "get" | "listOpen" | "listByConnection" | "stop">;
  readonly data: RunData;
  readonly secrets: SecretStore;
  readonly klaviyo: Pick<Klaviyo, "checkKey" | "getList" | "listLists" | "createList">;
  readonly limiter: RateLimiter;
}

/** What the use cases behind the routes of `segmentsApi` need. */
export interface SegmentsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly segments: Pick<SegmentSource, "list" | "files">;
  readonly reader: SegmentReader;
  readonly descriptions: SegmentDescriptions;
  readonly segmentSettings: SegmentSettingsStore;
}

/** What the use cases behind the routes of `exportsApi` need. */
export interface ExportsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
  readonly connections: Pick<ConnectionStore, "get" | "list" | "noteFinding">;
  readonly exports: ExportStore;
  readonly data: Pick<RunData, "listSnapshots" | "deleteSnapshots">;
  /** The run of an export that is deleted or detached is stopped; an export shows its last run. */
  readonly runs: Pick<RunStore, "stop" | "end" | "get" | "listByExport" | "getMany">;
  readonly queues: Pick<RunQueues, "confirm">;
  /** Those of an export that is deleted or detached are deleted. */
  readonly previews: Pick<PreviewStore, "deleteAll">;
  readonly settings: Pick<SettingsStore, "getSystemSchedule">;
  readonly calendar: Calendar;
  readonly secrets: Pick<SecretStore, "read">;
  readonly segments: Pick<SegmentSource, "files">;
  readonly klaviyo: Pick<Klaviyo, "getList" | "maySubscribe">;
  readonly limiter: RateLimiter;
}

/** What the use cases behind the routes of `runsApi` need. */
export interface RunsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: Pick<RunQueues, "prepare" | "preview" | "confirm">;
  readonly previews: Pick<PreviewStore, "create" | "get">;
  readonly starts: StartQueue;
  readonly files: Pick<RunFiles, "reportLink">;
}

/** What the use cases behind the routes of `auditApi` need. */
export interface AuditApiDependencies extends ApiDependencies {
  readonly audit: Pick<AuditLog, "list">;
}

/** What the use cases behind the routes of `schedulesApi` need. */
export interface SchedulesApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: Pick<ExportStore, "get" | "list" | "setSchedule">;
  readonly settings: SettingsStore;
  readonly timetable: Timetable;
  readonly calendar: Calendar;
}
