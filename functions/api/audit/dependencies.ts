import type { AuditLog } from "../../../shared/ports";
import type { ApiDependencies } from "../../middleware/api";

/** What the use cases behind the function's routes need. */
export interface AuditApiDependencies extends ApiDependencies {
  readonly audit: Pick<AuditLog, "list">;
}
