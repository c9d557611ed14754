import * as z from "zod";
import type { RouteKey } from "../../config/api-routes";
import { explanationSchema } from "../../domain/explanations/explanation";
import { reason } from "../../domain/explanations/reason";
import { componentSchemas } from "../components";
import { ids } from "../examples";
import { exportPath, noParameters } from "../request-parts";
import { routeContract, type RouteContract } from "../route-contract";

/** The body of `POST /exports/{exportId}/explanations`: an address never stands in a path, which logs hold. */
const explainBodySchema = z.strictObject({
  email: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .describe("The address, as a row or a person has it; case and space around it don't count"),
});

const explanationAnswerSchema = z
  .object(explanationSchema.shape)
  .register(componentSchemas, { id: "Explanation" });

/** The routes of `explanationsApi`. */
export const explanationsContract = {
  "POST /exports/{exportId}/explanations": routeContract({
    summary: "Explain why a person is, or is not, on the list",
    description:
      "Looks the address up in the export's segments as they are now, in what its last runs staged and came to, in its snapshot and in Klaviyo, and changes nothing. What can't be looked at is said, with the reason; the rest is told all the same.",
    path: exportPath,
    query: noParameters,
    body: explainBodySchema,
    bodyExample: { email: "customer.1@shop.example.com" },
    answer: {
      status: 200,
      description: "What is known of the person, and the reason.",
      schema: explanationAnswerSchema,
      example: {
        exportId: ids.export,
        at: "2026-11-02T08:00:00.000Z",
        reason: reason("refusedByKlaviyo", false, { text: "Invalid email address" }),
        segments: {
          kind: "searched",
          refreshes: [],
          rows: [{ segment: "customers", file: "customers.csv", row: 17, verdict: "used" }],
          rowCount: 1,
          blankRows: 0,
          profile: { type: "profile", attributes: { email: "customer.1@shop.example.com" } },
          leftOut: [],
          tooLarge: false,
        },
        runs: [
          {
            runId: ids.run,
            requestedAt: "2026-11-02T07:00:00.000Z",
            status: "completedWithWarnings",
            listId: "LiSt01",
            verdict: { kind: "refused", code: "invalid", text: "Invalid email address" },
          },
        ],
        snapshot: "holdsNot",
        klaviyo: { kind: "asked", onList: false, profile: null },
      },
    },
    problems: ["exportNotFound"],
  }),
} satisfies Record<RouteKey<"explanationsApi">, RouteContract>;
