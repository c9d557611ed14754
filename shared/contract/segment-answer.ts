import * as z from "zod";
import { componentSchemas } from "./components";

export const segmentSummarySchema = z
  .object({
    name: z.string(),
    files: z.number(),
    bytes: z.number(),
    refreshedAt: z.string(),
  })
  .register(componentSchemas, { id: "SegmentSummary" });

export const segmentAnswerSchema = segmentSummarySchema
  .extend({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.enum(["text", "number", "boolean", "date", "list", "object"]),
      }),
    ),
    suggestedEmailField: z.string().optional(),
    rows: z.number(),
    emailField: z.string().optional(),
    members: z.number().optional(),
  })
  .register(componentSchemas, { id: "Segment" });
