import * as z from "zod";
import { auditEntrySchema, auditOutcomeSchema } from "../../shared/domain/audit";
import { auditApiDependencies } from "../../shared/dependencies";
import type { AuditApiDependencies } from "../../shared/use-cases/api-dependencies";
import { listAudit } from "../../shared/use-cases/view-audit";
import { createApi, operation, type ApiHandler } from "../middleware/api";
import { lazyHandler } from "../middleware/lazy-handler";
import { okPage } from "./answers/answer";
import { idSchema, noBody, noParameters, pageOf, pageQuerySchema } from "./request-schemas";

const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

/** The query of `GET /audit`: what entries are looked for by, beside the page. */
const auditQuerySchema = pageQuerySchema.extend({
  actor: z.string().min(1).max(200).optional(),
  /** Id of a connection or an export; an export's runs are found with it. */
  target: idSchema.optional(),
  action: z
    .string()
    .regex(/^[A-Za-z]{1,50}$/, "an action of the access table, runStarted or runEnded")
    .optional(),
  outcome: auditOutcomeSchema.optional(),
  from: instant,
  until: instant,
});

/** Makes the function behind `/audit`. */
export function createHandler(dependencies: AuditApiDependencies): ApiHandler {
  return createApi(
    "auditApi",
    { log: dependencies.log, rolesClaim: dependencies.rolesClaim },
    {
      "GET /audit": operation(
        { path: noParameters, query: auditQuerySchema, body: noBody },
        async ({ caller, query: { limit, after, ...filters } }) =>
          okPage(
            await listAudit(dependencies, {
              caller,
              filter: withoutUndefined(filters),
              page: pageOf({ limit, after }),
            }),
            (entry) => auditEntrySchema.parse(entry),
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
