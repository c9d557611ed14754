import * as z from "zod";
import type { RouteKey } from "../config/api-routes";
import { actionSchema, grantedAccessSchema } from "../domain/access/access-table";
import { roleSchema } from "../domain/access/identity";
import { componentSchemas } from "./components";
import { noBody, noParameters } from "./request-parts";
import { routeContract, type RouteContract } from "./route-contract";

/** The caller as the API shows them to themselves. */
const callerAnswerSchema = z
  .object({
    userId: z.string().describe("The `sub` of the access token"),
    name: z.string().optional().describe("Absent when the access token holds none"),
    role: roleSchema,
    stage: z.string(),
    actions: z
      .partialRecord(actionSchema, grantedAccessSchema)
      .describe(
        "What the caller may do: `all` anywhere, `shared` on connections that are shared with contributors and on exports that use them. What is missing is refused",
      ),
  })
  .register(componentSchemas, { id: "Caller" });

/** The routes of `callerApi`. */
export const callerContract = {
  "GET /me": routeContract({
    summary: "Show the caller",
    description: "Who the access token makes of the caller, and what they may do.",
    path: noParameters,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The caller.",
      schema: callerAnswerSchema,
      example: {
        userId: "contributor-1",
        role: "Contributor",
        stage: "production",
        actions: { listExports: "all", startRun: "shared" },
      },
    },
    problems: [],
  }),
} satisfies Record<RouteKey<"callerApi">, RouteContract>;
