import type {
  Calendar,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  PreviewStore,
  RateLimiter,
  RequestLedger,
  RunData,
  RunQueues,
  RunStore,
  SecretStore,
  SegmentSource,
  SettingsStore,
} from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
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
  readonly segments: Pick<SegmentSource, "exists">;
  readonly klaviyo: Pick<Klaviyo, "getList" | "maySubscribe">;
  readonly limiter: RateLimiter;
}
