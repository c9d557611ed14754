import * as z from "zod";
import { routeContract, type RouteContract } from "./route-contract";
import type { RouteKey } from "../config/api-routes";
import { auditEntrySchema, auditOutcomeSchema } from "../domain/access/audit";
import { ids } from "./examples";
import { peopleShape } from "./answers/people";
import { componentSchemas } from "./components";
import {
  idSchema,
  noBody,
  noParameters,
  pageQuerySchema,
  pageSchema,
  sortQueryFields,
  spanQueryFields,
} from "./request-parts";

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
  ...spanQueryFields,
  ...sortQueryFields(["at"]),
});

/** An entry as the API shows it. */
const auditEntryAnswerSchema = z
  .object({ ...auditEntrySchema.shape, ...peopleShape })
  .register(componentSchemas, { id: "AuditEntry" });

/** The routes of `auditApi`. */
export const auditContract = {
  "GET /audit": routeContract({
    summary: "List the audit log",
    description:
      "Newest first, unless sorted by `at`. A page may hold fewer than `limit`, or nothing, when few entries are what is asked for; the list has ended when there is no `next`.",
    path: noParameters,
    query: auditQuerySchema,
    body: noBody,
    answer: {
      status: 200,
      description: "A page of entries.",
      schema: pageSchema(auditEntryAnswerSchema).register(componentSchemas, { id: "AuditPage" }),
      example: {
        items: [
          {
            auditId: "0b0c1f4e-6f0a-4a53-9a51-0d3a1c7f4d11",
            at: "2026-11-02T08:00:00.000Z",
            action: "startRun",
            actor: { userId: "contributor-1", role: "Contributor" },
            source: { kind: "api", requestId: "JKJaXmPLvHcESHA=", ip: "192.0.2.7" },
            outcome: "succeeded",
            target: { kind: "export", id: ids.export },
            runId: ids.run,
            after: { mode: "incremental", status: "queued" },
          },
        ],
      },
    },
    problems: [],
  }),
} satisfies Record<RouteKey<"auditApi">, RouteContract>;
