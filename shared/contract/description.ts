import * as z from "zod";
import type { RouteKey } from "../config/api-routes";
import { noBody, noParameters } from "./request-parts";
import { routeContract, type RouteContract } from "./route-contract";

/** The routes of `descriptionApi`. */
export const descriptionContract = {
  "GET /openapi.json": routeContract({
    summary: "Describe the API",
    description: "This document: OpenAPI 3.1.",
    path: noParameters,
    query: noParameters,
    body: noBody,
    answer: {
      status: 200,
      description: "The document.",
      schema: z.looseObject({ openapi: z.string() }),
      example: { openapi: "3.1.0" },
    },
    problems: [],
  }),
} satisfies Record<RouteKey<"descriptionApi">, RouteContract>;
