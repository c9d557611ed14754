import {
  auditContract,
  auditEntryAnswerSchema,
  type auditQuerySchema,
} from "../../shared/contract/audit";
import type * as z from "zod";
import { auditApiDependencies } from "../../shared/dependencies";
import type { AuditApiDependencies } from "../../shared/use-cases/api-dependencies";
import { listAudit } from "../../shared/use-cases/view-audit";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { okPage } from "./answers/answer";
import { pageOf } from "../../shared/contract/request-parts";

/** Makes the function behind `/audit`. */
export function createHandler(dependencies: AuditApiDependencies): ApiHandler {
  return createApi(
    "auditApi",
    { log: dependencies.log, rolesClaim: dependencies.rolesClaim },
    {
      "GET /audit": operation(
        auditContract["GET /audit"],
        async ({ caller, query: { limit, after, ...filters } }) =>
          okPage(
            await listAudit(dependencies, {
              caller,
              filter: withoutUndefined(filters),
              page: pageOf({ limit, after }),
            }),
            (entry) => auditEntryAnswerSchema.parse(entry),
          ),
      ),
    },
  );
}

function withoutUndefined({
  actor,
  target,
  action,
  outcome,
  from,
  until,
}: Omit<z.infer<typeof auditQuerySchema>, "limit" | "after">) {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(target === undefined ? {} : { target }),
    ...(action === undefined ? {} : { action }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

export const handler = lazyHandler(() => createHandler(auditApiDependencies()));
