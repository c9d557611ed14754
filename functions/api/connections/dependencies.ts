import type {
  ConnectionStore,
  ExportStore,
  IdGenerator,
  Klaviyo,
  RateLimiter,
  RequestLedger,
  RunData,
  RunStore,
  SecretStore,
} from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";
import type { ChangeDependencies } from "../../middleware/audit-changes";

/** What the use cases behind the function's routes need. */
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
