import type {
  ConnectionStore,
  ExportStore,
  IdGenerator,
  PreviewStore,
  RequestLedger,
  RunFiles,
  RunQueues,
  RunStore,
  StartQueue,
} from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
export interface RunsApiDependencies extends ApiDependencies, ChangeDependencies {
  readonly requests: RequestLedger;
  readonly ids: IdGenerator;
  readonly connections: Pick<ConnectionStore, "get">;
  readonly exports: ExportStore;
  readonly runs: RunStore;
  readonly queues: Pick<RunQueues, "prepare" | "preview" | "confirm">;
  readonly previews: Pick<PreviewStore, "create" | "get">;
  readonly starts: StartQueue;
  readonly files: Pick<RunFiles, "reportLink" | "rejectionRows">;
}
