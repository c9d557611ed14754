import type {
  ConnectionStore,
  ExportStore,
  IdGenerator,
  KlaviyoSignIn,
  RateLimiter,
  RequestLedger,
  RunData,
  RunStore,
  SecretStore,
} from "../../../shared/ports";
import type { KlaviyoAccess } from "../../../shared/use-cases/klaviyo/klaviyo-access";
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
  readonly klaviyo: Pick<KlaviyoAccess, "over" | "checkKey">;
  readonly signIn: KlaviyoSignIn;
  readonly limiter: Pick<RateLimiter, "forget" | "look">;
}
