import { auditContract, auditEntryAnswerSchema } from "../../../shared/contract/audit";
import { auditApiDependencies } from "./wiring";
import type { AuditApiDependencies } from "../../../shared/use-cases/api-dependencies";
import { listAudit } from "../../../shared/use-cases/access/view-audit";
import { createApi, operation, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { okPage } from "../../middleware/answer";
import { listRequestOf } from "../../../shared/contract/request-parts";

/** Makes the function behind `/audit`. */
export function createHandler(dependencies: AuditApiDependencies): ApiHandler {
  return createApi(
    "auditApi",
    { log: dependencies.log, tokens: dependencies.tokens },
    {
      "GET /audit": operation(auditContract["GET /audit"], async ({ caller, query }) =>
        okPage(
          caller,
          await listAudit(dependencies, { caller, ...listRequestOf(query) }),
          (entry) => auditEntryAnswerSchema.parse(entry),
        ),
      ),
    },
  );
}

export const handler = lazyHandler(() => createHandler(auditApiDependencies()));
