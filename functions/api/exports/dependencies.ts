import type {
  Calendar,
  ConnectionStore,
  ExportStore,
  IdGenerator,
  PreviewStore,
  RequestLedger,
  RunData,
  RunQueues,
  RunStore,
  SegmentDescriptions,
  SegmentSource,
  SettingsStore,
} from "../../../shared/ports";
import type { KlaviyoAccess } from "../../../shared/use-cases/klaviyo/klaviyo-access";
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
  readonly segments: Pick<SegmentSource, "exists">;
  /** What was found of the segments that an export names; none is read for it. */
  readonly descriptions: Pick<SegmentDescriptions, "readings" | "refreshes">;
  readonly klaviyo: Pick<KlaviyoAccess, "over">;
}
