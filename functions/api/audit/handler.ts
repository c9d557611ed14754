import { auditContract } from "../../../shared/contract/audit";
import { listAudit } from "../../../shared/use-cases/access/view-audit";
import { createApi, type ApiHandler } from "../../middleware/api";
import { lazyHandler } from "../../middleware/lazy-handler";
import { presentPage } from "../../middleware/page-answer";
import { listRequestOf } from "../../../shared/contract/request-parts";
import type { AuditApiDependencies } from "./dependencies";
import { auditApiDependencies } from "./wiring";

/** Makes the function behind `/audit`. */
export function createHandler(dependencies: AuditApiDependencies): ApiHandler {
  const { log, tokens, people } = dependencies;
  return createApi(
    "auditApi",
    auditContract,
    { log, tokens, people },
    {
      "GET /audit": async ({ caller, query }) =>
        presentPage(
          caller,
          await listAudit(dependencies, { caller, ...listRequestOf(query) }),
          (entry) => entry,
        ),
    },
  );
}

export const handler = lazyHandler(() => createHandler(auditApiDependencies()));
